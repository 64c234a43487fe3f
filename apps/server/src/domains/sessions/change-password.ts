import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { readSecretToken, makeSecretToken } from '../../kernel/secret-token.ts'
import { requireMember } from '../members/member-access.ts'
import type { MemberRecord } from '../members/member.ts'
import type { MemberReader } from '../members/member-store.ts'
import { recordMember, type MembersTx } from '../members/record-member.ts'
import { endAllSessions } from './end-session.ts'
import { PASSWORD_RESET_LIFETIME } from './session.ts'
import type { SessionReader, SessionWriter } from './session-store.ts'

type Tx = MembersTx & { readonly sessions: SessionWriter }

/**
 * Gives a member a new password and ends their sessions, but for the one that asked.
 * @param next `isTemporary`: it must be changed at the next sign-in
 * @returns the ids of the sessions that ended
 */
export async function setPassword(
  tx: Tx,
  scope: OrgScope,
  memberId: string,
  next: {
    readonly hash: string
    readonly isTemporary: boolean
    readonly keepSessionId?: string
    /** Only if this is still the password; it was compared before the transaction. */
    readonly insteadOf?: string
  },
  now: number,
): Promise<string[]> {
  const before = await requireMember(tx.members, scope, memberId)
  if (next.insteadOf !== undefined && before.passwordHash !== next.insteadOf)
    throw new DomainError('wrong_password')
  const patch = { passwordHash: next.hash, passwordIsTemporary: next.isTemporary }
  await tx.members.update(scope, memberId, patch)
  await tx.sessions.removePasswordReset(scope, memberId)
  if (before.passwordIsTemporary !== next.isTemporary) await recordMember(tx, scope, { ...before, ...patch })
  return endAllSessions(tx, scope, memberId, now, next.keepSessionId)
}

/** Makes a link to choose a new password; an earlier one of the same member stops working. @returns its token */
export async function startPasswordReset(
  tx: Tx,
  scope: OrgScope,
  memberId: string,
  now: number,
): Promise<string> {
  const { token, hash } = makeSecretToken(scope, memberId)
  await tx.sessions.putPasswordReset(scope, {
    memberId,
    tokenHash: hash,
    expiresAt: now + PASSWORD_RESET_LIFETIME,
  })
  return token
}

/** The member whom a reset token lets choose a password. @throws DomainError reset_unknown */
export async function requirePasswordReset(
  read: { readonly sessions: SessionReader; readonly members: MemberReader },
  token: string,
  now: number,
): Promise<{ scope: OrgScope; member: MemberRecord }> {
  const parsed = readSecretToken(token)
  if (!parsed) throw new DomainError('reset_unknown')
  const { scope, entityId, hash } = parsed
  const reset = await read.sessions.passwordReset(scope, entityId)
  const member = await read.members.get(scope, entityId)
  const valid = reset?.tokenHash === hash && reset.expiresAt > now && member?.state === 'active'
  if (!valid) throw new DomainError('reset_unknown')
  return { scope, member }
}
