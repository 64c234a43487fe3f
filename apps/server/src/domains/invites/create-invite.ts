import type { Role } from '@parley/contracts/kernel/permission'
import { changesIn } from '../../kernel/activity-chain.ts'
import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { newId } from '../../kernel/ids.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { makeSecretToken } from '../../kernel/secret-token.ts'
import { requireDepartments } from '../departments/department-access.ts'
import type { DepartmentReader } from '../departments/department-store.ts'
import { refuseTakenEmail } from '../members/create-member.ts'
import { mayGiveRole } from '../members/member.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { InviteRecord } from './invite.ts'
import { requireInvite } from './invite-access.ts'
import type { InviteWriter } from './invite-store.ts'
import { presentInvite } from './present-invite.ts'

export interface InvitesTx {
  readonly invites: InviteWriter
  readonly departments: DepartmentReader
  readonly members: MemberReader
  readonly changes: ChangeFeedWriter
  readonly activity: ActivityLogWriter
}

export interface FreshLink {
  readonly invite: InviteRecord
  readonly token: string
}

const DAY = 24 * 60 * 60 * 1000

export interface NewInvite {
  /** Where a client has made it. */
  readonly id?: string
  readonly email: string | null
  readonly role: Role
  readonly departmentIds: readonly string[]
  readonly expiresInDays: number
}

const LOGGED = ['email', 'role', 'departmentIds', 'expiresAt'] as const

/** Makes an invite and its link. @throws DomainError forbidden (a role above the inviter's), not_found, email_taken */
export async function createInvite(
  tx: InvitesTx,
  actor: Actor,
  given: NewInvite,
  now: number,
): Promise<FreshLink> {
  const { scope } = actor
  if (!mayGiveRole(actor.role, given.role)) throw new DomainError('forbidden')
  await requireDepartments(tx.departments, scope, given.departmentIds)
  if (given.email !== null) await refuseTakenEmail(tx.members, scope, given.email)
  const id = given.id ?? newId()
  const { token, hash } = makeSecretToken(scope, id)
  const invite: InviteRecord = {
    id,
    tokenHash: hash,
    email: given.email,
    role: given.role,
    departmentIds: [...new Set(given.departmentIds)],
    createdBy: actor.memberId,
    createdAt: now,
    expiresAt: now + given.expiresInDays * DAY,
    state: 'pending',
    usedBy: null,
    usedAt: null,
  }
  await tx.invites.insert(scope, invite)
  await recordInvite(tx, scope, invite)
  const changes = changesIn(LOGGED, null, invite)
  await tx.activity.append(scope, { actor, action: 'invite.created', about: id, changes })
  return { invite, token }
}

/**
 * Makes a fresh link for a pending or expired invite; the old link stops working, and the time allowed starts anew.
 * @throws DomainError not_found, invite_used, invite_revoked, forbidden (a role above the actor's)
 */
export async function renewInvite(
  tx: InvitesTx,
  actor: Actor,
  inviteId: string,
  now: number,
): Promise<FreshLink> {
  const { scope } = actor
  const before = await requireInvite(tx.invites, scope, inviteId)
  if (before.state === 'used') throw new DomainError('invite_used')
  if (before.state === 'revoked') throw new DomainError('invite_revoked')
  const { token, hash } = makeSecretToken(scope, inviteId)
  if (!mayGiveRole(actor.role, before.role)) throw new DomainError('forbidden')
  const expiresAt = now + (before.expiresAt - before.createdAt)
  const patch = { tokenHash: hash, expiresAt, createdAt: now, createdBy: actor.memberId }
  const invite: InviteRecord = { ...before, ...patch }
  await tx.invites.update(scope, inviteId, patch)
  await recordInvite(tx, scope, invite)
  await tx.activity.append(scope, { actor, action: 'invite.renewed', about: inviteId })
  return { invite, token }
}

/** Withdraws an invite; withdrawing twice is no fault. @throws DomainError not_found, invite_used */
export async function revokeInvite(tx: InvitesTx, actor: Actor, inviteId: string): Promise<void> {
  const before = await requireInvite(tx.invites, actor.scope, inviteId)
  if (before.state === 'used') throw new DomainError('invite_used')
  await tx.invites.update(actor.scope, inviteId, { state: 'revoked' })
  await recordInvite(tx, actor.scope, { ...before, state: 'revoked' })
  await tx.activity.append(actor.scope, { actor, action: 'invite.revoked', about: inviteId })
}

/** Takes an invite down in the feed, for the admins. */
export async function recordInvite(
  tx: Pick<InvitesTx, 'changes'>,
  scope: OrgScope,
  invite: InviteRecord,
): Promise<void> {
  await tx.changes.append(scope, {
    audience: 'admins',
    kind: 'invite',
    id: invite.id,
    data: presentInvite(invite),
  })
}
