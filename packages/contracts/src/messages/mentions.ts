import * as z from 'zod/mini'
import { idOf, sequence } from '../kernel/fields.ts'
import { MENTIONED_MAX } from './bounds.ts'

/** Whom a message in a group calls. Their names stand in its text, as "@Mei" and "@all". */
export const mentions = z.strictObject({
  memberIds: z.array(idOf('member')).check(z.maxLength(MENTIONED_MAX)),
  all: z.optional(z.literal(true)),
})
export type Mentions = z.infer<typeof mentions>

/** Of the mentions in one group no more than the newest are told. */
export const MENTIONS_TOLD_MAX = 50

/** The messages of a group that mention one member, told to that member; or those that mention everybody, told to the group. */
export const mentioned = z.strictObject({
  conversationId: idOf('conversation'),
  /** Their numbers, rising: read ones too, whoever wrote them. */
  numbers: z.array(sequence),
})
export type Mentioned = z.infer<typeof mentioned>
