import * as z from 'zod/mini'
import { idOf } from '../kernel/fields.ts'
import { timeZone } from '../kernel/time-zone.ts'

/** Minutes after midnight. */
const minuteOfDay = z.int().check(z.minimum(0), z.maximum(1_439))

/** When nothing is told. A night that begins on one of the days goes on into the next morning. */
export const quietHours = z.strictObject({
  from: minuteOfDay,
  /** Before `from`: on the next day. The same as `from`: the whole day round. */
  to: minuteOfDay,
  /** On which it begins: 1 is Monday, 7 is Sunday. */
  days: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7)),
  timeZone,
})
export type QuietHours = z.infer<typeof quietHours>

/** How a member wants to be told; the same on all of their devices. */
export const notificationChoices = z.strictObject({
  /** A soft sound for what arrives while Parley is open. */
  sounds: z.boolean(),
  /** Who writes and what, on the screen of a locked phone as well. */
  preview: z.boolean(),
  /** A mention is told in a muted chat too. */
  mentionsPassMute: z.boolean(),
  quietHours: z.nullable(quietHours),
})
export type NotificationChoices = z.infer<typeof notificationChoices>

export const notificationSettings = z.strictObject({
  memberId: idOf('member'),
  ...notificationChoices.shape,
})
export type NotificationSettings = z.infer<typeof notificationSettings>
