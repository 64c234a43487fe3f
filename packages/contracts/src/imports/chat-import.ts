import * as z from 'zod/mini'
import { errorCodeNames } from '../kernel/error-codes.ts'
import { idOf, instant, line, sequence } from '../kernel/fields.ts'

/** In which order a file writes its dates. */
export const dateOrder = z.enum(['day-first', 'month-first', 'year-first'])
export type DateOrder = z.infer<typeof dateOrder>

/** So many people are in no chat of WhatsApp. */
export const IMPORTED_PEOPLE_MAX = 2_000
const NAME_MAX = 120

/** A name in a chat, and who that is here; null for who is no member. */
export const importedPerson = z.strictObject({
  name: line(NAME_MAX),
  memberId: z.nullable(idOf('member')),
})

/** A date and time as they stand in a chat, by the clock on the wall: `2025-12-31T21:41`. */
const wallTime = z.string()

/** What there is in an uploaded chat, before anything of it is imported. */
export const importPreview = z.strictObject({
  /** By the name of the file; empty where it tells none. */
  chatName: z.string(),
  /** Who writes in it and how much, most first. */
  people: z.array(z.strictObject({ name: z.string(), messages: sequence })),
  /** Of people. */
  messages: sequence,
  /** Lines of WhatsApp itself, which are not imported. */
  systemLines: sequence,
  /** Files that are named in it and come with it, named and missing, and left out by whoever exported it. */
  files: sequence,
  filesMissing: sequence,
  filesOmitted: sequence,
  /** How its dates can be read, likeliest first, and which time it spans then. Of two somebody has to choose. */
  readings: z.array(z.strictObject({ order: dateOrder, first: wallTime, last: wallTime })),
  /** What could not be read, the first of it, and how much there is. */
  problems: z.array(
    z.strictObject({
      line: sequence,
      what: z.enum(['before-first-message', 'no-such-date', 'nothing-in-it']),
    }),
  ),
  problemCount: sequence,
  /** This very file was imported into the group already. */
  repeated: z.boolean(),
  /** The group holds messages of people already, so that these come below them. */
  groupHasMessages: z.boolean(),
  /** Who of those that write in it may be: who is in the group, or was and keeps something of it. */
  memberIds: z.array(idOf('member')),
})
export type ImportPreview = z.infer<typeof importPreview>

/** An import of a chat, and how far it is. */
export const chatImport = z.strictObject({
  id: idOf('import'),
  conversationId: idOf('group'),
  startedBy: idOf('member'),
  startedAt: instant,
  endedAt: z.nullable(instant),
  chatName: z.string(),
  state: z.enum(['running', 'done', 'failed', 'undoing', 'undone']),
  /** Why it failed. */
  failure: z.nullable(z.enum(errorCodeNames)),
  /** Messages that there are to look at, and that were. */
  total: sequence,
  done: sequence,
  /** What became of those: imported, there already from an earlier import, older than the organisation keeps messages, unreadable. */
  imported: sequence,
  repeated: sequence,
  tooOld: sequence,
  unreadable: sequence,
  files: sequence,
  /** Files that did not come with it, or that the organisation does not take. */
  filesMissing: sequence,
})
export type ChatImport = z.infer<typeof chatImport>
