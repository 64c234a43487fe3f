import * as z from 'zod/mini'
import { idOf, instant, paragraph, sequence } from '../kernel/fields.ts'
import { MESSAGE_MAX_LENGTH } from './bounds.ts'
import { mentions } from './mentions.ts'
import { notice } from './notice.ts'

export const messageText = paragraph(MESSAGE_MAX_LENGTH)

/** A message as one that answers it shows it: a copy of that time, emptied when it is deleted. */
export const quote = z.strictObject({
  id: idOf('message'),
  number: sequence,
  senderId: idOf('member'),
  kind: z.enum(['text', 'deleted']),
  /** Its beginning; empty where it was deleted. */
  text: z.string(),
})
export type Quote = z.infer<typeof quote>

/** What a client says of a message that it sends. */
export const messageContent = {
  text: messageText,
  /** The message that it answers, in the same conversation. */
  replyTo: z.optional(idOf('message')),
  /** The message that it passes on, from any conversation of the sender's. */
  forwardOf: z.optional(idOf('message')),
  /** Whom it calls, in a group; who takes no part in it is left out. */
  mentions: z.optional(mentions),
}

/** Fields that do not apply to a message are absent. */
export const message = z.strictObject({
  /** Made by the client that wrote it (Y6). */
  id: idOf('message'),
  conversationId: idOf('conversation'),
  /** Its place in the conversation: 1, 2, 3 without gaps (Y7). */
  number: sequence,
  senderId: idOf('member'),
  /** Empty in a system line, and in what was deleted. */
  text: z.string(),
  /** A system line says here what happened; null in what people write. */
  notice: z.nullable(notice),
  /** How many system lines there are up to and including this message: they are never unread (Y12). */
  quiet: sequence,
  sentAt: instant,
  replyTo: z.optional(quote),
  forwarded: z.optional(z.literal(true)),
  mentions: z.optional(mentions),
  editedAt: z.optional(instant),
  /** It was deleted for everyone; this line is all that is left of it. */
  deletedAt: z.optional(instant),
})
export type Message = z.infer<typeof message>
