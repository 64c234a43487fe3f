import { emailKey } from '../../kernel/email-key.ts'
import type { Role } from '@parley/contracts/kernel/permission'
import { requireDepartments } from '../departments/department-access.ts'
import type { DepartmentReader } from '../departments/department-store.ts'
import type { Actor } from '../../kernel/actor.ts'
import { anyOf, changesIn } from '../../kernel/activity-chain.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import { LOGGED_OF_MEMBER, refuseTakenEmail } from './create-member.ts'
import type { MemberRecord } from './member.ts'
import { refuseLosingLastAdmin, requireMember } from './member-access.ts'
import { recordAdminAccess, recordMember, type AdministrationTx } from './record-member.ts'

type Tx = AdministrationTx & { readonly departments: DepartmentReader }

export type MemberPatch = Patch<{ name: string; email: string; role: Role; departmentIds: readonly string[] }>

/** An admin changes a member. @throws DomainError not_found, email_taken, last_admin */
export async function changeMember(
  tx: Tx,
  actor: Actor,
  memberId: string,
  patch: MemberPatch,
): Promise<MemberRecord> {
  const { scope } = actor
  const before = await requireMember(tx.members, scope, memberId)
  if (patch.departmentIds) await requireDepartments(tx.departments, scope, patch.departmentIds)
  if (patch.email !== undefined) await refuseTakenEmail(tx.members, scope, patch.email, memberId)
  if (patch.role !== undefined && patch.role !== 'admin')
    await refuseLosingLastAdmin(tx.members, scope, before)
  const after: MemberRecord = {
    ...before,
    ...given(patch),
    ...(patch.email === undefined ? {} : { emailKey: emailKey(patch.email) }),
    ...(patch.departmentIds === undefined ? {} : { departmentIds: [...new Set(patch.departmentIds)] }),
  }
  const { name, email, emailKey: key, role, departmentIds } = after
  await tx.members.update(scope, memberId, { name, email, emailKey: key, role, departmentIds })
  await recordMember(tx, scope, after)
  if (before.role !== after.role && (before.role === 'admin' || after.role === 'admin')) {
    await recordAdminAccess(tx, scope, memberId, after.role === 'admin' ? 'gained' : 'lost')
  }
  const changes = changesIn(LOGGED_OF_MEMBER, before, after)
  if (anyOf(changes))
    await tx.activity.append(scope, { actor, action: 'member.changed', about: memberId, changes })
  return after
}
