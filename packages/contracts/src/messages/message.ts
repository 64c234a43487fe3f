import * as z from 'zod/mini'
import { fileKind } from '../communication/communication.ts'
import { FILES_PER_MESSAGE_MAX } from '../files/bounds.ts'
import { file, fileId } from '../files/file.ts'
import { idOf, instant, optionalParagraph, paragraph, sequence } from '../kernel/fields.ts'
import { EMPTY, isVisible } from '../kernel/written-text.ts'
import { MESSAGE_MAX_LENGTH } from './bounds.ts'
import { linkPreview } from './link-preview.ts'
import { mentions } from './mentions.ts'
import { notice } from './notice.ts'

export const messageText = paragraph(MESSAGE_MAX_LENGTH)

/** A message as one that answers it shows it: a copy of that time, emptied when it is deleted. */
export const quote = z.strictObject({
  id: idOf('message'),
  number: sequence,
  senderId: idOf('member'),
  /** A message with files counts as what its first file is. */
  kind: z.enum(['text', 'deleted', ...fileKind.options]),
  /** Of an imported message whose author is no member. */
  author: z.optional(z.string()),
  /** Its beginning, or the name of a document that comes without a word; empty where it was deleted. */
  text: z.string(),
  /** Then the quoted message is gone everywhere, and with it all that is shown of it here. */
  expiresAt: z.optional(instant),
})
export type Quote = z.infer<typeof quote>

/** The text of a message that may be carried by its files alone. */
const caption = optionalParagraph(MESSAGE_MAX_LENGTH).check(
  z.refine((text) => text === '' || isVisible(text), { error: EMPTY }),
)

/** What a client says of a message that it sends; to be checked by `saysSomething`. */
export const messageContent = {
  text: caption,
  /** The message that it answers, in the same conversation. */
  replyTo: z.optional(idOf('message')),
  /** The message that it passes on, from any conversation of the sender's. */
  forwardOf: z.optional(idOf('message')),
  /** Whom it calls, in a group; who takes no part in it is left out. */
  mentions: z.optional(mentions),
  /** Own files that are finished and that no message carries yet, or files of messages that the sender can see (forwarding). */
  files: z.optional(z.array(fileId).check(z.minLength(1), z.maxLength(FILES_PER_MESSAGE_MAX))),
}

/** A message has a text, or files, or both. */
export const saysSomething = z.refine<{ text: string; files?: string[] | undefined }>(
  ({ text, files }) => text !== '' || files !== undefined,
  { error: EMPTY, path: ['text'] },
)

/** Fields that do not apply to a message are absent. */
export const message = z.strictObject({
  /** Made by the client that wrote it (Y6). */
  id: idOf('message'),
  conversationId: idOf('conversation'),
  /** Its place in the conversation: 1, 2, 3 without gaps (Y7). */
  number: sequence,
  senderId: idOf('member'),
  /** Empty in a system line, in what was deleted, and where files say it all. */
  text: z.string(),
  /** A system line says here what happened; null in what people write. */
  notice: z.nullable(notice),
  /** How many system lines there are up to and including this message: they are never unread (Y12). */
  quiet: sequence,
  sentAt: instant,
  replyTo: z.optional(quote),
  files: z.optional(z.array(file)),
  forwarded: z.optional(z.literal(true)),
  mentions: z.optional(mentions),
  /** Of the page that it links to, where the organisation wishes that; comes a moment after the message. */
  linkPreview: z.optional(linkPreview),
  /** It was brought here from another messenger, by whom, and who wrote it there: null where that is the sender, else a name. */
  imported: z.optional(
    z.strictObject({ by: idOf('member'), importId: idOf('import'), author: z.nullable(z.string()) }),
  ),
  editedAt: z.optional(instant),
  /** It was deleted for everyone; this line is all that is left of it. */
  deletedAt: z.optional(instant),
  /** Then it is gone everywhere. */
  expiresAt: z.optional(instant),
})
export type Message = z.infer<typeof message>
