import type { Push, PushReason, PushState } from '@parley/contracts/notifications/push'

/**
 * One push to one device: while it is queued a job that outlives a restart, and from then on a line of the member's delivery
 * ledger. What it says is worked out when it is sent, so nothing that people wrote is kept here.
 */
export interface PushRecord {
  readonly id: string
  readonly memberId: string
  readonly sessionId: string
  readonly kind: Push['kind']
  /** What it is about: a conversation's id, or the kind. Of one device and topic at most one is queued. */
  readonly topic: string
  /** As the session and its push service are called; they may be gone when somebody reads the ledger. */
  readonly device: string
  readonly service: string
  /** Of the newest message that it told of; 0 before it was sent, and without one. */
  readonly number: number
  readonly state: PushState
  readonly reason: PushReason | null
  readonly status: number | null
  readonly attempts: number
  readonly queuedAt: number
  /** When it is due while it is queued; else when that ended. */
  readonly at: number
  /** When it is given up. */
  readonly expiresAt: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Long enough for whoever is just reading on another device, short enough to feel at once. */
export const TOLD_AFTER = 2 * SECOND
/** In a lively chat a device is told again after this. */
export const TOLD_APART = 5 * SECOND
/** How long a push is worth something; the push service keeps it for a device that is switched off for as long. */
export const LIFETIME = { message: 24 * HOUR, withdrawal: 4 * HOUR, test: 10 * MINUTE } as const
/** Whoever takes a push on has this long to say what became of it, before somebody else does (a crash, another process). */
export const LEASE = MINUTE
export const LEDGER_AGE = 30 * 24 * HOUR
/** Withdrawals that a device gets in a day: browsers tolerate few pushes that show nothing. */
export const WITHDRAWALS_A_DAY = 8

const STEPS = [5 * SECOND, 15 * SECOND, 45 * SECOND, 2 * MINUTE, 6 * MINUTE, 20 * MINUTE]
const LONGEST = HOUR
/** The longest that is waited between two attempts. */
export const LONGEST_ASKED = 6 * HOUR

/**
 * How long until the next attempt, in ms.
 * @param attempts how many there were
 * @param retryAfter what the service asked for, in seconds; it is given at least that, within reason
 * @param chance from 0 to 1: spreads what failed together
 */
export function waitAfter(attempts: number, retryAfter: number | null, chance: number): number {
  const step = STEPS[Math.max(0, attempts - 1)] ?? LONGEST
  const asked = Math.min((retryAfter ?? 0) * SECOND, LONGEST_ASKED)
  return Math.max(step * (0.75 + chance / 2), asked)
}

/** How long until it is looked whether somebody who sits at another device has left it unread, in ms. */
export const lookAgainAfter = (waited: number): number =>
  Math.min(5 * MINUTE, Math.max(20 * SECOND, waited / 2))

/** Apple ends a subscription that gets pushes which show nothing. */
export const toleratesSilence = (service: string): boolean => !service.endsWith('.push.apple.com')

export const serviceOf = (endpoint: string): string => new URL(endpoint).host
