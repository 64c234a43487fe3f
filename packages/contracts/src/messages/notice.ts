import * as z from 'zod/mini'
import { idOf, sequence } from '../kernel/fields.ts'

/** A notice names no more members than this; `count` says how many there were. */
export const NOTICE_NAMES_MAX = 10

/** What a system line tells; who did it is the message's sender. Made by the server alone, never typed. */
export const notice = z.strictObject({
  what: z.enum([
    'created',
    'renamed',
    'described',
    'pictured',
    'added',
    'removed',
    'left',
    'promoted',
    'demoted',
    'settings',
    'disappearing',
    'imported',
    'pinned',
  ]),
  /** Whom it happened to, the first of them. */
  memberIds: z.array(idOf('member')),
  /** How many of them there were; of a chat that was imported how many messages it had. */
  count: z.int().check(z.nonnegative()),
  /** The name that the group got, or that an imported chat had; null where it is not about a name. */
  name: z.nullable(z.string()),
  setting: z.nullable(
    z.strictObject({
      name: z.enum(['announcementOnly', 'membersMayAdd', 'newcomersSeeHistory']),
      on: z.boolean(),
    }),
  ),
  /** After how many seconds messages disappear from now on, null for not at all; absent where it is not about that. */
  after: z.optional(z.nullable(z.int())),
  /** Of the message that it is about; absent where it is about none. */
  number: z.optional(sequence),
})
export type Notice = z.infer<typeof notice>
