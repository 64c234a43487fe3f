import * as z from 'zod/mini'
import { errorCodeNames } from '../kernel/error-codes.ts'
import { idOf, token } from '../kernel/fields.ts'
import { adminOnly, anyoneBecause, role } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { email, memberName, newPassword } from '../members/member.ts'
import { credentialTransport, signedInResult } from '../sessions/session.ts'
import { invite } from './invite.ts'

const inviteParams = z.strictObject({ inviteId: idOf('invite') })

/** `token` goes behind `/join#`; it is stored hashed and never shown again. */
const freshLink = z.strictObject({ invite, token, mailed: z.boolean() })

export const INVITE_DEFAULT_DAYS = 7

export const createInvite = defineRoute({
  method: 'POST',
  path: '/api/invites',
  summary: 'Make an invitation link. With an e-mail and configured mail it is sent there too.',
  permission: adminOnly,
  rateLimit: 'invite',
  body: z.strictObject({
    email: z._default(z.nullable(email), null),
    role: z._default(role, 'member'),
    departmentIds: z._default(z.array(idOf('department')).check(z.maxLength(50)), []),
    expiresInDays: z._default(z.int().check(z.minimum(1), z.maximum(90)), INVITE_DEFAULT_DAYS),
  }),
  response: freshLink,
  errors: ['not_found', 'email_taken'],
})

/** So many of one request; a longer list comes in parts, so that little is lost where one breaks off. */
export const INVITED_AT_ONCE_MAX = 50

export const invitePeople = defineRoute({
  method: 'POST',
  path: '/api/invites/list',
  summary:
    'Invite everybody of a list, each with a link of their own, which is sent by mail where that is wished and configured. Whoever cannot be invited is told, and the others are. The same ids again invite nobody twice: their links are made anew, since none is kept (Y6, A9).',
  permission: adminOnly,
  rateLimit: 'invite',
  body: z.strictObject({
    people: z
      .array(
        z.strictObject({
          /** Made by the client. */
          id: idOf('invite'),
          email,
          role: z._default(role, 'member'),
          departmentIds: z._default(z.array(idOf('department')).check(z.maxLength(50)), []),
        }),
      )
      .check(z.minLength(1), z.maxLength(INVITED_AT_ONCE_MAX)),
    expiresInDays: z._default(z.int().check(z.minimum(1), z.maximum(90)), INVITE_DEFAULT_DAYS),
    send: z._default(z.boolean(), false),
  }),
  response: z.strictObject({
    /** In the order of the list. */
    people: z.array(
      z.strictObject({
        email: z.string(),
        /** Goes behind `/join#`; null for whoever could not be invited. */
        token: z.nullable(z.string()),
        mailed: z.boolean(),
        /** Why they could not be invited. */
        failure: z.nullable(z.enum(errorCodeNames)),
      }),
    ),
  }),
  errors: [],
})

export const renewInvite = defineRoute({
  method: 'POST',
  path: '/api/invites/:inviteId/link',
  summary: 'Make a fresh link and end the old one. The expiry starts anew.',
  permission: adminOnly,
  rateLimit: 'invite',
  params: inviteParams,
  body: z.strictObject({ send: z._default(z.boolean(), false) }),
  response: freshLink,
  errors: ['not_found', 'invite_used', 'invite_revoked', 'mail_unavailable'],
})

export const revokeInvite = defineRoute({
  method: 'DELETE',
  path: '/api/invites/:inviteId',
  summary: 'Withdraw an invitation; its link stops working at once.',
  permission: adminOnly,
  rateLimit: 'write',
  params: inviteParams,
  errors: ['not_found', 'invite_used'],
})

const whyPublic = anyoneBecause('the invited person has no account yet; the token is the proof')
const inviteErrors = ['invite_unknown', 'invite_used', 'invite_expired', 'invite_revoked'] as const

export const openInvite = defineRoute({
  method: 'POST',
  path: '/api/invites/open',
  summary: 'What an invitation link is for, if it still works.',
  permission: whyPublic,
  rateLimit: 'sign-in',
  body: z.strictObject({ token }),
  response: z.strictObject({
    organisationName: z.string(),
    invitedBy: z.string(),
    email: z.nullable(z.string()),
    expiresAt: z.int(),
  }),
  errors: inviteErrors,
})

export const acceptInvite = defineRoute({
  method: 'POST',
  path: '/api/invites/accept',
  summary: 'Join with an invitation: the link is used up and the new member is signed in.',
  permission: whyPublic,
  rateLimit: 'sign-in',
  body: z.strictObject({
    token,
    name: memberName,
    email,
    password: newPassword,
    transport: credentialTransport,
  }),
  response: signedInResult,
  errors: [...inviteErrors, 'email_taken', 'weak_password'],
})
