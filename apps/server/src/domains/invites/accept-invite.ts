import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { orgScope } from '../../kernel/org-scope.ts'
import { createMember } from '../members/create-member.ts'
import type { MemberRecord } from '../members/member.ts'
import type { MembersTx } from '../members/record-member.ts'
import type { DepartmentReader } from '../departments/department-store.ts'
import { recordInvite } from './create-invite.ts'
import { requireOpenInvite, scopeOfInviteToken } from './invite-access.ts'
import type { InviteWriter } from './invite-store.ts'

type Tx = MembersTx & {
  readonly invites: InviteWriter
  readonly departments: DepartmentReader
  readonly changes: ChangeFeedWriter
}

/**
 * Joins with an invite. Transactions of one organisation run one after another (T3), so of two people with one link the second
 * finds it used.
 * @throws DomainError invite_unknown, invite_used, invite_expired, invite_revoked, email_taken
 */
export async function acceptInvite(
  tx: Tx,
  token: string,
  person: { readonly name: string; readonly email: string; readonly passwordHash: string },
  now: number,
): Promise<MemberRecord> {
  const scope = orgScope(scopeOfInviteToken(token))
  const invite = await requireOpenInvite(tx, token, now)
  const departments = new Set((await tx.departments.list(scope)).map((department) => department.id))
  const member = await createMember(
    tx,
    scope,
    {
      ...person,
      role: invite.role,
      // one that was removed since the invite was made is no reason to turn the person away
      departmentIds: invite.departmentIds.filter((id) => departments.has(id)),
      passwordIsTemporary: false,
    },
    now,
  )
  const used = { state: 'used', usedBy: member.id, usedAt: now } as const
  await tx.invites.update(scope, invite.id, used)
  await recordInvite(tx, scope, { ...invite, ...used })
  return member
}
