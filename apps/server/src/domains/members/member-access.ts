import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberRecord } from './member.ts'
import type { MemberReader } from './member-store.ts'

/** A member that still exists, active or deactivated. @throws DomainError not_found */
export async function requireMember(
  members: MemberReader,
  scope: OrgScope,
  memberId: string,
): Promise<MemberRecord> {
  const member = await members.get(scope, memberId)
  if (!member || member.state === 'deleted') throw new DomainError('not_found')
  return member
}

/** A member who has access, so that somebody reads what is sent to them. @throws DomainError not_found, recipient_gone */
export async function requireActiveMember(
  members: MemberReader,
  scope: OrgScope,
  memberId: string,
): Promise<MemberRecord> {
  const member = await requireMember(members, scope, memberId)
  if (member.state !== 'active') throw new DomainError('recipient_gone')
  return member
}

/**
 * The organisation must keep an active admin: refuses when this member is the last one.
 * @throws DomainError last_admin
 */
export async function refuseLosingLastAdmin(
  members: MemberReader,
  scope: OrgScope,
  member: MemberRecord,
): Promise<void> {
  const counts = member.role === 'admin' && member.state === 'active'
  if (counts && (await members.countActiveAdmins(scope)) <= 1) throw new DomainError('last_admin')
}
