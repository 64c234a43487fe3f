import * as z from 'zod/mini'
import { fileKind } from '../communication/communication.ts'
import { FILES_PER_MESSAGE_MAX } from '../files/bounds.ts'
import { PUSH_READ_MAX, PUSH_TEXT_MAX } from './bounds.ts'
import { idOf, instant, sequence } from '../kernel/fields.ts'

const every = {
  /** The session it was made for: a device where somebody else has signed in since shows nothing of it. */
  session: idOf('session'),
  /** Unread messages of all chats (Y12). */
  badge: sequence,
  /** Chats that were read elsewhere meanwhile: what is shown of them goes. */
  read: z.array(idOf('conversation')).check(z.maxLength(PUSH_READ_MAX)),
  /** Of each of them, up to which message: what was told of it since stays. Absent in what a server before an update sent. */
  upTo: z.optional(z.array(sequence).check(z.maxLength(PUSH_READ_MAX))),
}

/** What a device gets, in the clear of the device alone (RFC 8291). It says facts; the device finds the words. */
export const pushPayload = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('message'),
    ...every,
    conversationId: idOf('conversation'),
    /** The newest, and its number. */
    messageId: idOf('message'),
    number: sequence,
    /** How many are unread in the chat. */
    count: sequence,
    mention: z.boolean(),
    sentAt: instant,
    /** null where the person or the organisation hides what is written. */
    shown: z.nullable(
      z.strictObject({
        /** The group's name; null in a direct chat. */
        group: z.nullable(z.string()),
        sender: z.string(),
        text: z.string().check(z.maxLength(PUSH_TEXT_MAX)),
        /** What it carries, where it has no words of its own. */
        files: z.optional(
          z
            .array(
              z.strictObject({
                kind: fileKind,
                /** Empty where there are several: then only their number is told. */
                name: z.string(),
                /** Milliseconds. */
                duration: z.optional(z.int()),
              }),
            )
            .check(z.maxLength(FILES_PER_MESSAGE_MAX)),
        ),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('withdrawal'), ...every }),
  z.strictObject({ kind: z.literal('test'), ...every, sentAt: instant }),
])
export type PushPayload = z.infer<typeof pushPayload>
