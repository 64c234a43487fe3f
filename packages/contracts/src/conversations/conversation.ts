import * as z from 'zod/mini'
import { idOf, instant, line, optionalParagraph, sequence } from '../kernel/fields.ts'
import { PINS_MAX } from '../messages/bounds.ts'
import { DISAPPEAR_AFTER } from '../messages/keeping.ts'
import { message } from '../messages/message.ts'

const GROUP_NAME_MAX = 100
const GROUP_DESCRIPTION_MAX = 500

export const groupName = line(GROUP_NAME_MAX)
export const groupDescription = optionalParagraph(GROUP_DESCRIPTION_MAX)

export const groupSettings = {
  /** Only group admins write. */
  announcementOnly: z.boolean(),
  /** Everybody may add members, and not group admins alone. */
  membersMayAdd: z.boolean(),
  /** Who joins reads what was written before. */
  newcomersSeeHistory: z.boolean(),
}

/** What a group is besides a conversation. */
const group = z.strictObject({
  name: z.string(),
  description: z.string(),
  /** Of its picture; null without one. */
  pictureVersion: z.nullable(z.string()),
  adminIds: z.array(idOf('member')),
  ...groupSettings,
})
export type Group = z.infer<typeof group>

/** In seconds after a message was sent. */
export const disappearAfter = z.literal([...DISAPPEAR_AFTER])

/** A message that stands above the others of its chat. Of what it says nothing: not everybody may read it. */
const pin = z.strictObject({
  messageId: idOf('message'),
  /** The message's. */
  number: sequence,
  /** Who pinned it. */
  memberId: idOf('member'),
  at: instant,
})
export type Pin = z.infer<typeof pin>

export const conversation = z.strictObject({
  id: idOf('conversation'),
  kind: z.enum(['direct', 'group']),
  memberIds: z.array(idOf('member')),
  createdBy: idOf('member'),
  createdAt: instant,
  /** null in a direct conversation. */
  group: z.nullable(group),
  /**
   * What a member keeps of a group they are no longer in, as it was: it can be read up to `last`, and nothing follows. Told to that
   * member alone; null for participants.
   */
  kept: z.nullable(z.strictObject({ last: z.nullable(z.strictObject({ seq: sequence, message })) })),
  /** Messages disappear some time after they were sent: `after` in seconds, null since that was switched off; absent where it never was on. Of a `kept` one always null: what is kept may hold some. */
  disappearing: z.optional(z.strictObject({ after: z.nullable(disappearAfter) })),
  /** In the order of pinning; absent where there are none. */
  pins: z.optional(z.array(pin).check(z.maxLength(PINS_MAX))),
})
export type Conversation = z.infer<typeof conversation>

/** How far one participant has received and read (Y11). Both only rise, and `seen <= delivered`. */
export const mark = z.strictObject({
  conversationId: idOf('conversation'),
  memberId: idOf('member'),
  delivered: sequence,
  seen: sequence,
  /** How many system lines there are up to `seen` (Y12). */
  quiet: sequence,
})
export type Mark = z.infer<typeof mark>

/** How far every participant of a group has received and read: what its ticks are made of, in place of everybody's marks (Y11). */
export const reach = z.strictObject({
  conversationId: idOf('conversation'),
  delivered: sequence,
  seen: sequence,
})
export type Reach = z.infer<typeof reach>
