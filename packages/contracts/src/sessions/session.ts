import * as z from 'zod/mini'
import { idOf, instant } from '../kernel/fields.ts'

/** `cookie` for browsers (HttpOnly, A1), `token` for programs that keep the tokens in secure storage of their own. */
export const credentialTransport = z._default(z.enum(['cookie', 'token']), 'cookie')
export type CredentialTransport = z.infer<typeof credentialTransport>

export const tokens = z.strictObject({
  accessToken: z.string(),
  /** Valid until then; ten minutes after it was made. */
  accessTokenExpiresAt: instant,
  refreshToken: z.string(),
})
export type Tokens = z.infer<typeof tokens>

export const signedInResult = z.strictObject({
  organisationId: idOf('organisation'),
  memberId: idOf('member'),
  sessionId: idOf('session'),
  passwordIsTemporary: z.boolean(),
  /** Only with the transport `token`. */
  tokens: z.optional(tokens),
})
export type SignedInResult = z.infer<typeof signedInResult>

/**
 * Why a session is over:
 * - `signed-out` by its own person, on this very device
 * - `ended` by its own person from another device, or by an admin
 * - `reused` a refresh token of it came twice, so that somebody else may have it (A1)
 * - `password-changed` by the person, `password-reset` by an admin
 * - `deactivated`, `deleted` the person has no access any more
 */
export const sessionEndReason = z.enum([
  'signed-out',
  'ended',
  'reused',
  'password-changed',
  'password-reset',
  'deactivated',
  'deleted',
])
export type SessionEndReason = z.infer<typeof sessionEndReason>

export const session = z.strictObject({
  id: idOf('session'),
  /** Such as "Chrome on Windows", read from the user agent. */
  device: z.string(),
  address: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  current: z.boolean(),
})
export type Session = z.infer<typeof session>
