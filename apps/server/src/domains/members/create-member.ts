import { emailKey } from '../../kernel/email-key.ts'
import type { Role } from '@parley/contracts/kernel/permission'
import { requireDepartments } from '../departments/department-access.ts'
import type { DepartmentReader } from '../departments/department-store.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { changesIn } from '../../kernel/activity-chain.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberRecord } from './member.ts'
import type { MemberReader } from './member-store.ts'
import { recordMember, type AdministrationTx, type MembersTx } from './record-member.ts'

export interface NewMember {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly departmentIds: readonly string[]
  readonly passwordHash: string
  readonly passwordIsTemporary: boolean
}

type Tx = MembersTx & { readonly departments: DepartmentReader }

/** What the activity log tells of a member that an admin makes or changes. */
export const LOGGED_OF_MEMBER = ['name', 'email', 'role', 'departmentIds'] as const

/** An admin makes a member. @throws DomainError email_taken, not_found (a department) */
export async function addMember(
  tx: AdministrationTx & Tx,
  actor: Actor,
  given: NewMember,
  now: number,
): Promise<MemberRecord> {
  const { scope } = actor
  const member = await createMember(tx, scope, given, now)
  const changes = changesIn(LOGGED_OF_MEMBER, null, member)
  await tx.activity.append(scope, { actor, action: 'member.created', about: member.id, changes })
  return member
}

/** Adds a member to the organisation. @throws DomainError email_taken, not_found (a department) */
export async function createMember(
  tx: Tx,
  scope: OrgScope,
  given: NewMember,
  now: number,
): Promise<MemberRecord> {
  const departmentIds = [...new Set(given.departmentIds)]
  await requireDepartments(tx.departments, scope, departmentIds)
  await refuseTakenEmail(tx.members, scope, given.email)
  const member: MemberRecord = {
    ...given,
    id: newId(),
    emailKey: emailKey(given.email),
    departmentIds,
    statusText: '',
    pictureVersion: null,
    privacy: null,
    state: 'active',
    createdAt: now,
  }
  await tx.members.insert(scope, member)
  await recordMember(tx, scope, member)
  return member
}

/** @throws DomainError email_taken when somebody but `exceptId` uses the address */
export async function refuseTakenEmail(
  members: MemberReader,
  scope: OrgScope,
  email: string,
  exceptId?: string,
): Promise<void> {
  const other = await members.findByEmail(scope, emailKey(email))
  if (!other || other.id === exceptId) return
  throw new DomainError('email_taken', {
    fields: { email: 'Somebody in this organisation already uses this e-mail.' },
  })
}
