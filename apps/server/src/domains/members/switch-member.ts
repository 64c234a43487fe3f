import type { Actor } from '../../kernel/actor.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { MemberRecord } from './member.ts'
import { refuseLosingLastAdmin, requireMember } from './member-access.ts'
import { recordMember, type AdministrationTx } from './record-member.ts'

/**
 * Ends every session of a member within the same transaction. Sessions know members, not the other way round, so the caller
 * hands this in.
 */
export type EndSessions<Tx> = (tx: Tx, scope: OrgScope, memberId: string) => Promise<void>

/** What comes back to a member with their access, within the same transaction; handed in for the same reason. */
export type ResumeAccess<Tx> = EndSessions<Tx>

/** Switches a member's access off; everything they wrote stays. @throws DomainError not_found, last_admin */
export async function deactivateMember<Tx extends AdministrationTx>(
  tx: Tx,
  actor: Actor,
  memberId: string,
  endSessions: EndSessions<Tx>,
): Promise<MemberRecord> {
  const { scope } = actor
  const before = await requireMember(tx.members, scope, memberId)
  if (before.state === 'deactivated') return before
  await refuseLosingLastAdmin(tx.members, scope, before)
  await tx.members.update(scope, memberId, { state: 'deactivated' })
  await endSessions(tx, scope, memberId)
  const after: MemberRecord = { ...before, state: 'deactivated' }
  await recordMember(tx, scope, after)
  await tx.activity.append(scope, { actor, action: 'member.deactivated', about: memberId })
  return after
}

/** Gives a deactivated member access again. @throws DomainError not_found */
export async function reactivateMember<Tx extends AdministrationTx>(
  tx: Tx,
  actor: Actor,
  memberId: string,
  resumeAccess: ResumeAccess<Tx>,
): Promise<MemberRecord> {
  const { scope } = actor
  const before = await requireMember(tx.members, scope, memberId)
  if (before.state === 'active') return before
  await tx.members.update(scope, memberId, { state: 'active' })
  const after: MemberRecord = { ...before, state: 'active' }
  await recordMember(tx, scope, after)
  await resumeAccess(tx, scope, memberId)
  await tx.activity.append(scope, { actor, action: 'member.reactivated', about: memberId })
  return after
}

/** All that is left of a deleted member; every other field has to be erased, which the compiler sees to. */
type Kept = 'id' | 'name' | 'role' | 'createdAt'

/**
 * Deletes a member: the name stays with what they wrote; e-mail, password, picture and status are erased, so the address is free.
 * @throws DomainError not_found, last_admin, forbidden (oneself)
 */
export async function deleteMember<Tx extends AdministrationTx>(
  tx: Tx,
  actor: Actor,
  memberId: string,
  endSessions: EndSessions<Tx>,
): Promise<void> {
  const { scope } = actor
  const before = await requireMember(tx.members, scope, memberId)
  await refuseLosingLastAdmin(tx.members, scope, before)
  if (memberId === actor.memberId) throw new DomainError('forbidden')
  const erased: Omit<MemberRecord, Kept> = {
    state: 'deleted',
    email: '',
    emailKey: null,
    passwordHash: '',
    passwordIsTemporary: false,
    pictureVersion: null,
    statusText: '',
    privacy: null,
    departmentIds: [],
  }
  await endSessions(tx, scope, memberId)
  await tx.members.removePicture(scope, memberId)
  await tx.members.update(scope, memberId, erased)
  await recordMember(tx, scope, { ...before, ...erased })
  await tx.activity.append(scope, { actor, action: 'member.deleted', about: memberId })
}
