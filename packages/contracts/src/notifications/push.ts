import * as z from 'zod/mini'
import { idOf, instant } from '../kernel/fields.ts'

/** How far the browser's push service takes us: its address and the keys of this device (RFC 8030, RFC 8291). */
export const pushTarget = z.strictObject({
  endpoint: z
    .string()
    .check(
      z.maxLength(1_000),
      z.regex(/^https?:\/\/[^\s/?#]+[/?#]\S*$/, { error: 'This is not the address of a push service.' }),
    ),
  /** An uncompressed point on P-256: 65 bytes, base64url. */
  p256dh: z
    .string()
    .check(z.regex(/^B[A-Za-z0-9_-]{86}=?$/, { error: 'This is not a key of a push service.' })),
  /** 16 bytes, base64url. */
  auth: z
    .string()
    .check(z.regex(/^[A-Za-z0-9_-]{22}(?:==)?$/, { error: 'This is not a key of a push service.' })),
})
export type PushTarget = z.infer<typeof pushTarget>

/**
 * - `queued` on its way, perhaps waiting for another attempt
 * - `accepted` by the push service, which brings it to the device; whether it was seen there nobody is told
 * - `failed`, `expired` given up; `reason` says why
 * - `withdrawn` accepted, and taken back because it was read elsewhere
 */
export const pushState = z.enum(['queued', 'accepted', 'failed', 'expired', 'withdrawn'])
export type PushState = z.infer<typeof pushState>

/**
 * What stood in the way, the last time it was tried:
 * - `gone` the device has unsubscribed, or the browser was removed; it is not tried again
 * - `too-large` even without the text
 * - `rate-limited` the service asked us to wait
 * - `service-error` it answered with a fault of its own, `no-answer` not in time or not at all
 * - `refused` it does not take our pushes; the status says more
 * - `not-allowed` its address is none that this installation may call
 */
export const pushReason = z.enum([
  'gone',
  'too-large',
  'rate-limited',
  'service-error',
  'no-answer',
  'refused',
  'not-allowed',
])
export type PushReason = z.infer<typeof pushReason>

/** One line of a member's delivery ledger. It never holds what was written. */
export const push = z.strictObject({
  /** Names the line. */
  line: z.string(),
  kind: z.enum(['message', 'withdrawal', 'test']),
  /** Of a message; null where whoever reads the ledger takes no part in it. */
  conversationId: z.nullable(idOf('conversation')),
  /** Such as "Chrome on Windows". */
  device: z.string(),
  /** The host of the push service. */
  service: z.string(),
  state: pushState,
  reason: z.nullable(pushReason),
  /** What the service answered last; null without an answer. */
  status: z.nullable(z.int()),
  attempts: z.int().check(z.nonnegative()),
  queuedAt: instant,
  /** When the state became what it is; while it is queued, when it is tried next. */
  at: instant,
})
export type Push = z.infer<typeof push>

/** A device that gets pushes. */
export const pushDevice = z.strictObject({
  device: z.string(),
  service: z.string(),
  /** The one that asks. */
  current: z.boolean(),
})
