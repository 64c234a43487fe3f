import * as z from 'zod/mini'
import { idOf, instant } from '../kernel/fields.ts'
import { defineEvent, defineSignal } from '../kernel/event.ts'
import { signedIn } from '../kernel/permission.ts'
import { PRESENCE_WATCH_MAX } from './bounds.ts'

/** Whether a member is here, and when they last were; `lastSeenAt` is null for someone never seen. */
export const presenceState = z.strictObject({
  memberId: idOf('member'),
  online: z.boolean(),
  lastSeenAt: z.nullable(instant),
  /** Nothing is told: they hide it, or who asks hides their own. */
  hidden: z.optional(z.literal(true)),
})
export type PresenceState = z.infer<typeof presenceState>

export const watchPresence = defineEvent({
  name: 'presence.watch',
  summary: 'Replace the list of members whose presence this connection wants to hear of (Y10).',
  permission: signedIn,
  rateLimit: 'signal',
  payload: z.strictObject({ memberIds: z.array(idOf('member')).check(z.maxLength(PRESENCE_WATCH_MAX)) }),
  ack: z.strictObject({ members: z.array(presenceState) }),
})

/** Sent when a device goes to sleep or comes back: a tab in the background for long is not "here". */
export const setActive = defineEvent({
  name: 'presence.active',
  summary: 'Whether the person is at this device.',
  permission: signedIn,
  rateLimit: 'signal',
  payload: z.strictObject({ active: z.boolean() }),
})

export const presence = defineSignal({
  name: 'presence',
  summary: 'A watched member came or went.',
  payload: presenceState,
})
