import * as z from 'zod/mini'
import { idOf, instant, paragraph, sequence } from '../kernel/fields.ts'
import { notice } from './notice.ts'

export const MESSAGE_MAX_LENGTH = 8_000

export const messageText = paragraph(MESSAGE_MAX_LENGTH)

export const message = z.strictObject({
  /** Made by the client that wrote it (Y6). */
  id: idOf('message'),
  conversationId: idOf('conversation'),
  /** Its place in the conversation: 1, 2, 3 without gaps (Y7). */
  number: sequence,
  senderId: idOf('member'),
  /** Empty in a system line. */
  text: z.string(),
  /** A system line says here what happened; null in what people write. */
  notice: z.nullable(notice),
  /** How many system lines there are up to and including this message: they are never unread (Y12). */
  quiet: sequence,
  sentAt: instant,
})
export type Message = z.infer<typeof message>
