import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { makeSecretToken, readSecretToken } from '../../kernel/secret-token.ts'
import type { MemberReader } from '../members/member-store.ts'
import { describeDevice } from './describe-device.ts'
import type { Device, UnsignedSession } from './open-session.ts'
import { ended, SESSION_LIFETIME } from './session.ts'
import type { SessionReader, SessionWriter } from './session-store.ts'

interface Tx {
  readonly sessions: SessionWriter
  readonly members: MemberReader
}

/** `reused` names a session that was ended because its token came a second time: it may have been stolen (A1). */
export type Refreshed =
  | { readonly outcome: 'opened'; readonly session: UnsignedSession }
  | { readonly outcome: 'reused'; readonly sessionId: string; readonly memberId: string }
  | { readonly outcome: 'over' | 'deactivated' }

/**
 * The organisation a refresh token names, if the session exists: made-up tokens never reach the queue of writes.
 * @throws DomainError not_signed_in
 */
export async function requireKnownSession(
  read: { readonly sessions: SessionReader },
  token: string,
): Promise<OrgScope> {
  const parsed = readSecretToken(token)
  if (!parsed || !(await read.sessions.get(parsed.scope, parsed.entityId)))
    throw new DomainError('not_signed_in')
  return parsed.scope
}

/** Exchanges a refresh token for a new one; a token that was exchanged before ends its whole family. */
export async function refreshSession(tx: Tx, token: string, device: Device, now: number): Promise<Refreshed> {
  const parsed = readSecretToken(token)
  if (!parsed) return { outcome: 'over' }
  const { scope, entityId: sessionId, hash } = parsed
  const session = await tx.sessions.get(scope, sessionId)
  if (!session || session.endedAt !== null || session.expiresAt <= now) return { outcome: 'over' }
  if (session.refreshHash !== hash) {
    await tx.sessions.update(scope, sessionId, ended(now))
    return { outcome: 'reused', sessionId, memberId: session.memberId }
  }
  const member = await tx.members.get(scope, session.memberId)
  if (member?.state !== 'active') return { outcome: member?.state === 'deactivated' ? 'deactivated' : 'over' }
  const next = makeSecretToken(scope, sessionId)
  await tx.sessions.update(scope, sessionId, {
    refreshHash: next.hash,
    lastUsedAt: now,
    expiresAt: now + SESSION_LIFETIME,
    device: describeDevice(device.userAgent),
    address: device.address,
  })
  return { outcome: 'opened', session: { scope, member, sessionId, refreshToken: next.token } }
}
