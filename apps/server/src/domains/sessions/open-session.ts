import type { SignedInResult, Tokens } from '@parley/contracts/sessions/session'
import { newId } from '../../kernel/ids.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { makeSecretToken } from '../../kernel/secret-token.ts'
import type { MemberRecord } from '../members/member.ts'
import type { AccessTokens } from './access-tokens.ts'
import { describeDevice } from './describe-device.ts'
import { ACCESS_TOKEN_LIFETIME, SESSION_LIFETIME } from './session.ts'
import type { SessionWriter } from './session-store.ts'

/** Where a call comes from, as far as it shows. */
export interface Device {
  readonly address: string
  readonly userAgent: string
}

/** A session that was just opened or refreshed, with the secrets only the caller may see. */
export type OpenedSession = SignedInResult & { readonly tokens: Tokens }

/** A session as the transaction leaves it, still without an access token. */
export interface UnsignedSession {
  readonly scope: OrgScope
  readonly member: MemberRecord
  readonly sessionId: string
  readonly refreshToken: string
}

/** Opens a session for a member who has proved who they are. */
export async function openSession(
  tx: { readonly sessions: SessionWriter },
  scope: OrgScope,
  member: MemberRecord,
  device: Device,
  now: number,
): Promise<UnsignedSession> {
  const id = newId()
  const refresh = makeSecretToken(scope, id)
  await tx.sessions.removeEndedBefore(scope, now - SESSION_LIFETIME)
  await tx.sessions.insert(scope, {
    id,
    memberId: member.id,
    device: describeDevice(device.userAgent),
    address: device.address,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + SESSION_LIFETIME,
    refreshHash: refresh.hash,
    endedAt: null,
    push: null,
  })
  return { scope, member, sessionId: id, refreshToken: refresh.token }
}

/** Makes the access token. Not inside a transaction: others would wait for it. */
export async function signSession(
  accessTokens: AccessTokens,
  { scope, member, sessionId, refreshToken }: UnsignedSession,
  now: number,
): Promise<OpenedSession> {
  const claims = { organisationId: scope, memberId: member.id, sessionId }
  return {
    ...claims,
    passwordIsTemporary: member.passwordIsTemporary,
    tokens: {
      accessToken: await accessTokens.sign(claims, now),
      accessTokenExpiresAt: now + ACCESS_TOKEN_LIFETIME,
      refreshToken,
    },
  }
}
