import type { CredentialTransport, SignedInResult } from '@parley/contracts/sessions/session'
import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { newId } from '../../kernel/ids.ts'
import { orgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { inEvenTime } from '../../platform/http/even-time.ts'
import type { RouteHandlers, SessionCookies } from '../../platform/http/mount-routes.ts'
import type { DepartmentWriter } from '../departments/department-store.ts'
import type { MemberLocator, MemberReader } from '../members/member-store.ts'
import type { PasswordHasher } from '../members/password-hasher.ts'
import type { MembersTx } from '../members/record-member.ts'
import { requireMember } from '../members/member-access.ts'
import type { OrganisationReader, OrganisationWriter } from '../organisations/organisation-store.ts'
import type { AccessTokens } from './access-tokens.ts'
import { endMemberSessions } from './administer-sessions.ts'
import type { EndConnections } from './end-connections.ts'
import { endAllSessions, endSession } from './end-session.ts'
import { openSession, signSession, type OpenedSession } from './open-session.ts'
import { presentSession } from './present-session.ts'
import { refreshSession, requireKnownSession } from './refresh-session.ts'
import type { SessionReader, SessionWriter } from './session-store.ts'
import { proveCredentials, requireStillProven } from './sign-in.ts'
import { signUp } from './sign-up.ts'

export type SessionsTx = MembersTx & {
  readonly organisations: OrganisationWriter
  readonly departments: DepartmentWriter
  readonly sessions: SessionWriter
  readonly activity: ActivityLogWriter
}

export interface SessionsDeps {
  readonly run: RunUseCase<SessionsTx>
  readonly read: {
    readonly sessions: SessionReader
    readonly members: MemberReader
    readonly organisations: OrganisationReader
  }
  readonly locator: MemberLocator
  readonly passwords: PasswordHasher
  readonly accessTokens: AccessTokens
  readonly clock: Clock
  /** Closes live connections of sessions that are over (A2). */
  readonly onEnded: EndConnections
}

type Handled =
  | 'signUp'
  | 'signIn'
  | 'refreshSession'
  | 'currentSession'
  | 'signOut'
  | 'listSessions'
  | 'endSession'
  | 'signOutEverywhere'
  | 'listMemberSessions'
  | 'endMemberSessions'

/** Milliseconds; longer than comparing a password with a few memberships takes. */
const ANSWER_STEP = 250

/**
 * Hands out a session's secrets: as cookies to browsers, in the answer to programs that asked for it (A1).
 */
export function answerSignedIn(
  cookies: SessionCookies,
  { tokens, ...who }: OpenedSession,
  transport: CredentialTransport,
): SignedInResult {
  if (transport === 'token') return { ...who, tokens }
  cookies.setSession(tokens)
  return who
}

export const sessionRoutes = (deps: SessionsDeps): Pick<RouteHandlers, Handled> => ({
  ...opening(deps),
  ...ending(deps),
  ...ofOthers(deps),
})

function opening({ run, read, locator, passwords, accessTokens, clock, onEnded }: SessionsDeps) {
  return {
    signUp: async (request) => {
      const { admin, organisation, transport } = request.body
      const scope = orgScope(newId())
      await passwords.refuseWeak(admin.password, 'admin.password', [
        admin.name,
        admin.email,
        organisation.name,
      ])
      const { password, ...person } = admin
      const form = { organisation, admin: { ...person, passwordHash: await passwords.hash(password) } }
      const opened = await run(scope, (tx) => signUp(tx, scope, form, request, clock.now()))
      return answerSignedIn(request, await signSession(accessTokens, opened, clock.now()), transport)
    },
    signIn: async (request) => {
      const { transport, ...credentials } = request.body
      // how long it takes grows with the memberships compared, and none must show
      const proven = await inEvenTime(ANSWER_STEP, () =>
        proveCredentials({ locator, members: read.members, passwords }, credentials),
      )
      const [only, ...others] = proven
      if (!only || others.length > 0) {
        const organisations = await Promise.all(proven.map(({ scope }) => read.organisations.get(scope)))
        return {
          outcome: 'choose' as const,
          organisations: organisations.filter((one) => one !== null).map(({ id, name }) => ({ id, name })),
        }
      }
      const { scope } = only
      const opened = await run(scope, async (tx) =>
        openSession(tx, scope, await requireStillProven(tx.members, only), request, clock.now()),
      )
      const session = await signSession(accessTokens, opened, clock.now())
      return { outcome: 'signed-in' as const, ...answerSignedIn(request, session, transport) }
    },
    refreshSession: async (request) => {
      const token = request.body.refreshToken ?? request.refreshCookie
      if (token === undefined) throw new DomainError('not_signed_in')
      const scope = await requireKnownSession(read, token)
      const refreshed = await run(scope, (tx) => refreshSession(tx, token, request, clock.now()))
      if (refreshed.outcome === 'opened') {
        const transport = request.body.refreshToken === undefined ? 'cookie' : 'token'
        return answerSignedIn(
          request,
          await signSession(accessTokens, refreshed.session, clock.now()),
          transport,
        )
      }
      if (refreshed.outcome === 'reused') onEnded({ sessionIds: [refreshed.sessionId] }, 'reused')
      request.clearSession()
      throw new DomainError(refreshed.outcome === 'deactivated' ? 'member_deactivated' : 'not_signed_in')
    },
  } satisfies Partial<RouteHandlers>
}

function ending({ run, read, clock, onEnded }: SessionsDeps) {
  return {
    currentSession: ({ actor }) =>
      Promise.resolve({
        organisationId: actor.scope,
        memberId: actor.memberId,
        sessionId: actor.sessionId,
        role: actor.role,
        passwordIsTemporary: actor.passwordIsTemporary,
      }),
    signOut: async ({ actor, clearSession }) => {
      const { scope, memberId, sessionId } = actor
      await run(scope, (tx) => endSession(tx, scope, memberId, sessionId, clock.now()))
      onEnded({ sessionIds: [sessionId] }, 'signed-out')
      clearSession()
    },
    listSessions: async ({ actor }) => {
      const sessions = await read.sessions.listOf(actor.scope, actor.memberId)
      return { sessions: sessions.map((session) => presentSession(session, actor.sessionId)) }
    },
    endSession: async ({ actor, params }) => {
      const { scope, memberId } = actor
      await run(scope, (tx) => endSession(tx, scope, memberId, params.sessionId, clock.now()))
      const here = params.sessionId === actor.sessionId
      onEnded({ sessionIds: [params.sessionId] }, here ? 'signed-out' : 'ended')
    },
    signOutEverywhere: async ({ actor, clearSession }) => {
      const { scope, memberId, sessionId } = actor
      await run(scope, (tx) => endAllSessions(tx, scope, memberId, clock.now()))
      onEnded({ sessionIds: [sessionId] }, 'signed-out')
      onEnded({ memberId }, 'ended')
      clearSession()
    },
  } satisfies Partial<RouteHandlers>
}

function ofOthers({ run, read, clock, onEnded }: SessionsDeps) {
  return {
    listMemberSessions: async ({ actor, params }) => {
      await requireMember(read.members, actor.scope, params.memberId)
      const sessions = await read.sessions.listOf(actor.scope, params.memberId)
      return { sessions: sessions.map((session) => presentSession(session, actor.sessionId)) }
    },
    endMemberSessions: async ({ actor, params }) => {
      const { scope } = actor
      await run(scope, (tx) => endMemberSessions(tx, actor, params.memberId, clock.now()))
      onEnded({ memberId: params.memberId }, 'ended')
    },
  } satisfies Partial<RouteHandlers>
}
