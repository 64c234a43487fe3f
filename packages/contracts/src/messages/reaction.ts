import * as z from 'zod/mini'
import { idOf, instant, sequence } from '../kernel/fields.ts'
import { REACTIONS_PER_PERSON_MAX } from './bounds.ts'

/** Exactly one, as readers count them: with its tone, joined ones, flags and keycaps. */
const EMOJI = new RegExp(String.raw`^\p{RGI_Emoji}$`, 'v')

const emoji = z.string().check(
  z.maxLength(50),
  z.refine((value) => EMOJI.test(value), { error: 'This is not an emoji.' }),
)

/** Emoji, each once. */
export const emojis = z.array(emoji).check(
  z.maxLength(REACTIONS_PER_PERSON_MAX, { error: 'These are too many reactions.' }),
  z.refine((all) => new Set(all).size === all.length, { error: 'Each emoji once.' }),
)

/** What one person says to a message without words. */
export const reaction = z.strictObject({
  conversationId: idOf('conversation'),
  messageId: idOf('message'),
  /** The message's. */
  number: sequence,
  memberId: idOf('member'),
  /** In the order of choosing; empty when all were taken back. */
  emojis: z.array(z.string()),
  at: instant,
})
export type Reaction = z.infer<typeof reaction>
