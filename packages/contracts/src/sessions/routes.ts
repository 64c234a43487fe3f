import * as z from 'zod/mini'
import { idOf, token } from '../kernel/fields.ts'
import { anyoneBecause, role, signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { email, newPassword, password } from '../members/member.ts'
import { credentialTransport, session, signedInResult } from './session.ts'

const notYet = anyoneBecause('nobody is signed in yet')

export const signIn = defineRoute({
  method: 'POST',
  path: '/api/sessions',
  summary:
    'Sign in. Where e-mail and password fit several organisations the answer lists those, and the call is repeated with one of them.',
  permission: notYet,
  rateLimit: 'sign-in',
  body: z.strictObject({
    email,
    password,
    organisationId: z.optional(idOf('organisation')),
    transport: credentialTransport,
  }),
  response: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('signed-in'), ...signedInResult.shape }),
    z.strictObject({
      outcome: z.literal('choose'),
      organisations: z.array(z.strictObject({ id: idOf('organisation'), name: z.string() })),
    }),
  ]),
  errors: ['wrong_credentials', 'member_deactivated'],
})

export const refreshSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/refresh',
  summary:
    'Exchange the refresh token for a new one and a new access token. A token used twice ends its session.',
  permission: anyoneBecause('the access token has expired; the refresh token is the proof'),
  rateLimit: 'token',
  body: z.strictObject({ refreshToken: z.optional(token) }),
  response: signedInResult,
  errors: ['not_signed_in', 'member_deactivated'],
})

export const currentSession = defineRoute({
  method: 'GET',
  path: '/api/sessions/current',
  summary: 'Who is signed in with these credentials.',
  permission: { ...signedIn, evenWithTemporaryPassword: true },
  rateLimit: 'read',
  response: z.strictObject({
    organisationId: idOf('organisation'),
    memberId: idOf('member'),
    sessionId: idOf('session'),
    role,
    passwordIsTemporary: z.boolean(),
  }),
  errors: [],
})

export const signOut = defineRoute({
  method: 'DELETE',
  path: '/api/sessions/current',
  summary: 'Sign out here.',
  permission: { ...signedIn, evenWithTemporaryPassword: true },
  rateLimit: 'write',
  errors: [],
})

export const listSessions = defineRoute({
  method: 'GET',
  path: '/api/sessions',
  summary: 'The own sessions: device, address, last used.',
  permission: signedIn,
  rateLimit: 'read',
  response: z.strictObject({ sessions: z.array(session) }),
  errors: [],
})

export const endSession = defineRoute({
  method: 'DELETE',
  path: '/api/sessions/:sessionId',
  summary: 'End one of the own sessions.',
  permission: signedIn,
  rateLimit: 'write',
  params: z.strictObject({ sessionId: idOf('session') }),
  errors: ['not_found'],
})

export const signOutEverywhere = defineRoute({
  method: 'DELETE',
  path: '/api/sessions',
  summary: 'Sign out everywhere, here included.',
  permission: signedIn,
  rateLimit: 'write',
  errors: [],
})

export const requestPasswordReset = defineRoute({
  method: 'POST',
  path: '/api/password-resets',
  summary:
    'Ask for a link to choose a new password. The answer is the same whether or not the e-mail is known.',
  permission: anyoneBecause('the person cannot sign in'),
  rateLimit: 'sign-in',
  body: z.strictObject({ email }),
  response: z.strictObject({ mail: z.enum(['if-known', 'unavailable']) }),
  errors: [],
})

export const completePasswordReset = defineRoute({
  method: 'POST',
  path: '/api/password-resets/complete',
  summary: 'Choose a new password with the token of a reset link. Ends all sessions of that member.',
  permission: anyoneBecause('the person cannot sign in; the token is the proof'),
  rateLimit: 'sign-in',
  body: z.strictObject({ token, password: newPassword }),
  errors: ['reset_unknown', 'weak_password'],
})
