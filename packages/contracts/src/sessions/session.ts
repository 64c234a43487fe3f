import { z } from 'zod'
import { idOf, instant } from '../kernel/fields.ts'

/** `cookie` for browsers (HttpOnly, A1), `token` for programs that keep the tokens in secure storage of their own. */
export const credentialTransport = z.enum(['cookie', 'token']).default('cookie')
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
  tokens: tokens.optional(),
})
export type SignedInResult = z.infer<typeof signedInResult>

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
