import * as z from 'zod/mini'
import { fileKind } from '../communication/communication.ts'
import { idOf, instant, optionalLine, pageLimit, sequence } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { QUERY_MAX_LENGTH, searchParts } from './query.ts'

export const SEARCH_PAGE_MAX = 50
const FROM_MAX = 20
const IN_MAX = 50

/** From where to where, in UTF-16 units. */
const ranges = z.array(z.tuple([sequence, sequence]))

/** A message that was found. Never markup: what to mark is said by ranges. */
export const searchHit = z.strictObject({
  messageId: idOf('message'),
  conversationId: idOf('conversation'),
  number: sequence,
  senderId: idOf('member'),
  sentAt: instant,
  /** Who wrote it, where it was imported and that is no member; `senderId` is then who imported it. Absent otherwise. */
  author: z.optional(z.string()),
  /** The piece of the text around what was found, without the marks of its formatting. */
  extract: z.strictObject({
    text: z.string(),
    ranges,
    cutBefore: z.boolean(),
    cutAfter: z.boolean(),
  }),
  /** Its files, the first few: those with what was found in their names before the others. Absent where there are none. */
  files: z.optional(z.array(z.strictObject({ kind: fileKind, name: z.string(), ranges }))),
  /** The addresses in its text, the first few, where links are asked for (`has`). Absent otherwise. */
  links: z.optional(z.array(z.string())),
})
export type SearchHit = z.infer<typeof searchHit>

/** A POST, so that what people look for is in no address and no log of addresses. */
export const searchMessages = defineRoute({
  method: 'POST',
  path: '/api/search',
  summary: 'Search in all messages that the member may see, newest first, page by page.',
  permission: signedIn,
  rateLimit: 'search',
  body: z.strictObject({
    /** Words, all of which must be found, and phrases between quotes. May be empty when something else is asked for. */
    words: optionalLine(QUERY_MAX_LENGTH),
    /** Written by one of these. */
    from: z.optional(z.array(idOf('member')).check(z.maxLength(FROM_MAX))),
    /** In one of these conversations. */
    in: z.optional(z.array(idOf('conversation')).check(z.maxLength(IN_MAX))),
    /** Holding each of these. */
    has: z.optional(z.array(z.enum(searchParts)).check(z.maxLength(searchParts.length))),
    /** Sent at or after, and before. */
    after: z.optional(instant),
    before: z.optional(instant),
    /** Where the page before ended. */
    cursor: z.optional(sequence),
    limit: pageLimit(20, SEARCH_PAGE_MAX),
  }),
  response: z.strictObject({
    hits: z.array(searchHit),
    /** Ask for the next page with it; null when everything has been looked at. A page may be short, even empty, and not the last. */
    cursor: z.nullable(sequence),
    /** False while older messages are still being taken into the index. */
    complete: z.boolean(),
  }),
  errors: ['not_found', 'overloaded'],
})
