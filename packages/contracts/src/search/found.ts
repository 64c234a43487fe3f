import { hasLink } from './links.ts'
import { matchesAll, type Term } from './match.ts'
import type { SearchPart } from './query.ts'

/** What of a message searching looks at, on the server as on a device. */
export interface Searchable {
  readonly senderId: string
  readonly text: string
  /** What happened, in a system line; null in what people write. */
  readonly notice: unknown
  readonly sentAt: number
  readonly deletedAt?: number | undefined
}

/** What somebody looks for. */
export interface MessageQuery {
  readonly terms: readonly Term[]
  /** Written by one of these; by anybody when empty. */
  readonly from: readonly string[]
  /** Holding each of these. */
  readonly has: readonly SearchPart[]
  /** Sent at or after, and before. */
  readonly after: number
  readonly before: number
}

/** Whether there is anything to find: not in system lines, nor in what was deleted or of what only the place is kept. */
export const isSearchable = ({ notice, text, deletedAt }: Searchable): boolean =>
  notice === null && text !== '' && deletedAt === undefined

/** What of a message is searched through. */
export const searchedTexts = ({ text }: Searchable): string[] => [text]

/** What a message holds that can be asked for. */
export const searchedParts = ({ text }: Searchable): SearchPart[] => (hasLink(text) ? ['link'] : [])

/** Whether a message is what is looked for; who may see it is another question. */
export function matchesQuery(
  message: Searchable,
  { terms, from, has, after, before }: MessageQuery,
): boolean {
  if (!isSearchable(message) || message.sentAt < after || message.sentAt >= before) return false
  if (from.length > 0 && !from.includes(message.senderId)) return false
  const parts = has.length > 0 ? searchedParts(message) : []
  return has.every((part) => parts.includes(part)) && matchesAll(searchedTexts(message), terms)
}
