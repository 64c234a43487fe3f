import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { emailKey } from '../../kernel/email-key.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { RateLimits } from '../../platform/rate-limit/rate-limits.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { PasswordHasher } from '../members/password-hasher.ts'
import type { MembersTx } from '../members/record-member.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { AccessTokens } from '../sessions/access-tokens.ts'
import { openSession, signSession } from '../sessions/open-session.ts'
import type { SessionWriter } from '../sessions/session-store.ts'
import { answerSignedIn } from '../sessions/sessions.http.ts'
import { acceptInvite } from './accept-invite.ts'
import { createInvite, renewInvite, revokeInvite, type FreshLink, type InvitesTx } from './create-invite.ts'
import { requireInvite, requireOpenInvite, scopeOfInviteToken } from './invite-access.ts'
import { invitePeople } from './invite-people.ts'
import type { InviteReader } from './invite-store.ts'
import { presentInvite } from './present-invite.ts'
import type { SendInvite } from './send-invite.ts'

interface Deps {
  readonly run: RunUseCase<InvitesTx & MembersTx & { readonly sessions: SessionWriter }>
  readonly read: {
    readonly invites: InviteReader
    readonly members: MemberReader
    readonly organisations: OrganisationReader
  }
  readonly passwords: PasswordHasher
  readonly accessTokens: AccessTokens
  /** null where no mail is configured. */
  readonly sendInvite: SendInvite | null
  readonly rateLimits: Pick<RateLimits, 'take'>
  readonly clock: Clock
}

type Handled =
  'createInvite' | 'invitePeople' | 'renewInvite' | 'revokeInvite' | 'openInvite' | 'acceptInvite'

export const inviteRoutes = (deps: Deps): Pick<RouteHandlers, Handled> => ({
  ...administration(deps),
  ...joining(deps),
})

function administration({ run, read, sendInvite, rateLimits, clock }: Deps) {
  // asked before anything is made, so that a refusal leaves nothing behind
  const requireMayMail = (scope: OrgScope, email: string) => {
    rateLimits.take('mail', 'organisation', scope)
    rateLimits.take('mail', 'recipient', emailKey(email))
  }
  const mail = async (link: FreshLink, scope: OrgScope) => {
    if (!sendInvite || link.invite.email === null) return false
    return sendInvite(scope, link)
  }
  return {
    createInvite: async ({ actor, body }) => {
      if (sendInvite && body.email !== null) requireMayMail(actor.scope, body.email)
      const link = await run(actor.scope, (tx) => createInvite(tx, actor, body, clock.now()))
      const mailed = await mail(link, actor.scope)
      return { invite: presentInvite(link.invite), token: link.token, mailed }
    },
    invitePeople: async ({ actor, body: { people, expiresInDays, send } }) => {
      const { scope } = actor
      const mayMail = (email: string) => {
        try {
          requireMayMail(scope, email)
          return true
        } catch {
          // the link is there all the same, and can be handed over
          return false
        }
      }
      // one for each, whether they come with one request or with many
      rateLimits.take('invited', 'member', actor.memberId, people.length)
      const links = await invitePeople(run, actor, people, expiresInDays, clock.now())
      const answer = []
      for (const { email, link, failure } of links) {
        const mailed =
          link !== null && send && sendInvite !== null && mayMail(email) && (await mail(link, scope))
        answer.push({ email, token: link?.token ?? null, mailed, failure })
      }
      return { people: answer }
    },
    renewInvite: async ({ actor, params, body }) => {
      const before = await requireInvite(read.invites, actor.scope, params.inviteId)
      if (body.send) {
        if (!sendInvite || before.email === null) throw new DomainError('mail_unavailable')
        requireMayMail(actor.scope, before.email)
      }
      const link = await run(actor.scope, (tx) => renewInvite(tx, actor, params.inviteId, clock.now()))
      const mailed = body.send && (await mail(link, actor.scope))
      return { invite: presentInvite(link.invite), token: link.token, mailed }
    },
    revokeInvite: ({ actor, params }) => run(actor.scope, (tx) => revokeInvite(tx, actor, params.inviteId)),
  } satisfies Partial<RouteHandlers>
}

function joining({ run, read, passwords, accessTokens, rateLimits, clock }: Deps) {
  return {
    openInvite: async ({ body }) => {
      const scope = scopeOfInviteToken(body.token)
      const invite = await requireOpenInvite(read, body.token, clock.now())
      const organisation = await read.organisations.get(scope)
      const inviter = await read.members.get(scope, invite.createdBy)
      if (!organisation) throw new DomainError('invite_unknown')
      return {
        organisationName: organisation.name,
        invitedBy: inviter?.name ?? '',
        email: invite.email,
        expiresAt: invite.expiresAt,
      }
    },
    acceptInvite: async (request) => {
      const { token, name, email, password, transport } = request.body
      const scope = scopeOfInviteToken(token)
      await requireOpenInvite(read, token, clock.now()) // before the costly hash
      await passwords.refuseWeak(password, 'password', [name, email])
      // strangers could join with somebody's e-mail again and again, and every membership is one more to compare at sign-in
      rateLimits.take('sign-up', 'account', emailKey(email))
      const person = { name, email, passwordHash: await passwords.hash(password) }
      const opened = await run(scope, async (tx) => {
        const member = await acceptInvite(tx, token, person, clock.now())
        return openSession(tx, scope, member, request, clock.now())
      })
      return answerSignedIn(request, await signSession(accessTokens, opened, clock.now()), transport)
    },
  } satisfies Partial<RouteHandlers>
}
