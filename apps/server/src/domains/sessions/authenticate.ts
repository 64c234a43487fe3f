import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { orgScope, type OrgScope } from '../../kernel/org-scope.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { SessionReader } from './session-store.ts'

export interface AuthenticateDeps {
  readonly read: { readonly sessions: SessionReader; readonly members: MemberReader }
  readonly accessTokens: AccessTokens
}

/**
 * Who an access token stands for, with their rights as of now.
 * @throws DomainError not_signed_in, member_deactivated
 */
export async function authenticate(deps: AuthenticateDeps, accessToken: string, now: number): Promise<Actor> {
  const claims = await deps.accessTokens.verify(accessToken, now)
  if (!claims) throw new DomainError('not_signed_in')
  return resolveActor(deps.read, orgScope(claims.organisationId), claims.sessionId, now)
}

/**
 * The actor of a live session, read afresh, so that a lost right is lost at once (A2).
 * @throws DomainError not_signed_in, member_deactivated
 */
export async function resolveActor(
  read: AuthenticateDeps['read'],
  scope: OrgScope,
  sessionId: string,
  now: number,
): Promise<Actor> {
  const session = await read.sessions.get(scope, sessionId)
  if (!session) throw new DomainError('not_signed_in')
  const member = await read.members.get(scope, session.memberId)
  if (member?.state === 'deactivated') throw new DomainError('member_deactivated')
  const live = session.endedAt === null && session.expiresAt > now && member?.state === 'active'
  if (!live) throw new DomainError('not_signed_in')
  const { id: memberId, role, passwordIsTemporary } = member
  const { device, address } = session
  return { scope, memberId, sessionId, role, passwordIsTemporary, device, address }
}
