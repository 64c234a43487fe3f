import { emailKey } from '../../kernel/email-key.ts'
import { randomInt } from 'node:crypto'
import { DomainError } from '../../kernel/domain-error.ts'
import { orgScope } from '../../kernel/org-scope.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { RateLimits } from '../../platform/rate-limit/rate-limits.ts'
import { requireMember } from '../members/member-access.ts'
import { resetMemberPassword } from './administer-sessions.ts'
import { requirePasswordReset, setPassword, startPasswordReset } from './change-password.ts'
import type { ResetLink, SendPasswordReset } from './send-password-reset.ts'
import type { SessionsDeps } from './sessions.http.ts'

interface Deps extends SessionsDeps {
  /** null where no mail is configured. */
  readonly sendPasswordReset: SendPasswordReset | null
  readonly rateLimits: Pick<RateLimits, 'take'>
}

type Handled = 'changeOwnPassword' | 'resetMemberPassword' | 'requestPasswordReset' | 'completePasswordReset'

/** Without letters and digits that look alike; 16 of these 31 make 79 bits. */
const TEMPORARY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const temporaryPassword = () =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => TEMPORARY_ALPHABET[randomInt(TEMPORARY_ALPHABET.length)]).join(''),
  ).join('-')

const RESETS_MAX = 20

export const passwordRoutes = (deps: Deps): Pick<RouteHandlers, Handled> => ({
  ...changing(deps),
  ...resetting(deps),
})

function changing({ run, read, passwords, clock, onEnded }: Deps) {
  return {
    changeOwnPassword: async ({ actor, body }) => {
      const { scope, memberId, sessionId } = actor
      const member = await requireMember(read.members, scope, memberId)
      if (!(await passwords.matches(member.passwordHash, body.current))) {
        throw new DomainError('wrong_password', {
          fields: { current: 'Your current password is not right.' },
        })
      }
      await passwords.refuseWeak(body.next, 'next', [member.name, member.email])
      const hash = await passwords.hash(body.next)
      const next = { hash, isTemporary: false, keepSessionId: sessionId, insteadOf: member.passwordHash }
      const sessionIds = await run(scope, (tx) => setPassword(tx, scope, memberId, next, clock.now()))
      onEnded({ sessionIds }, 'password-changed')
    },
    resetMemberPassword: async ({ actor, params }) => {
      const { scope } = actor
      const password = temporaryPassword()
      const next = { memberId: params.memberId, hash: await passwords.hash(password) }
      await run(scope, (tx) => resetMemberPassword(tx, actor, next, clock.now()))
      onEnded({ memberId: params.memberId }, 'password-reset')
      return { temporaryPassword: password }
    },
  } satisfies Partial<RouteHandlers>
}

function resetting({ run, read, locator, passwords, clock, onEnded, sendPasswordReset, rateLimits }: Deps) {
  const mailLinks = async (email: string, send: SendPasswordReset) => {
    const key = emailKey(email)
    const links: ResetLink[] = []
    // before any link is made: those of an earlier mail go on working
    rateLimits.take('mail', 'recipient', key)
    for (const { organisationId, memberId } of await locator.findEverywhere(key, RESETS_MAX)) {
      const scope = orgScope(organisationId)
      const member = await read.members.get(scope, memberId)
      if (member?.state !== 'active') continue
      const token = await run(scope, (tx) => startPasswordReset(tx, scope, memberId, clock.now()))
      links.push({ scope, member, token })
    }
    const [first] = links
    if (first) await send(first.member.email, links)
  }
  return {
    requestPasswordReset: ({ body, log }) => {
      if (!sendPasswordReset) return Promise.resolve({ mail: 'unavailable' as const })
      // answered before it is done, so that neither the answer nor its time tells whether the e-mail is known (A10)
      mailLinks(body.email, sendPasswordReset).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'rate_limited') return
        log.error({ error }, 'a password reset could not be mailed')
      })
      return Promise.resolve({ mail: 'if-known' as const })
    },
    completePasswordReset: async ({ body }) => {
      const { scope, member } = await requirePasswordReset(read, body.token, clock.now())
      await passwords.refuseWeak(body.password, 'password', [member.name, member.email])
      const hash = await passwords.hash(body.password)
      await run(scope, async (tx) => {
        await requirePasswordReset(tx, body.token, clock.now()) // once more, now alone: single use (A9)
        await setPassword(tx, scope, member.id, { hash, isTemporary: false }, clock.now())
      })
      onEnded({ memberId: member.id }, 'password-changed')
    },
  } satisfies Partial<RouteHandlers>
}
