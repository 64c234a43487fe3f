import type { PushTarget } from '@parley/contracts/notifications/push'

/** One sign-in on one device; its refresh tokens are one family (A1). */
export interface SessionRecord {
  readonly id: string
  readonly memberId: string
  readonly device: string
  readonly address: string
  readonly createdAt: number
  readonly lastUsedAt: number
  /** Without use until then it ends. */
  readonly expiresAt: number
  /** SHA-256 of the refresh token that is valid now, in hex. */
  readonly refreshHash: string
  readonly endedAt: number | null
  /** Where this device is told while Parley is closed there; null where it is not, and once the session has ended (A2). */
  readonly push: PushTarget | null
}

/** What becomes of a session that ends: nothing is told to its device any more. */
export const ended = (now: number) => ({ endedAt: now, push: null })

/** A link to choose a new password; a member has one at most. */
export interface PasswordResetRecord {
  readonly memberId: string
  /** SHA-256, hex. */
  readonly tokenHash: string
  readonly expiresAt: number
}

export const SESSION_LIFETIME = 60 * 24 * 60 * 60 * 1000
export const ACCESS_TOKEN_LIFETIME = 10 * 60 * 1000
export const PASSWORD_RESET_LIFETIME = 60 * 60 * 1000
