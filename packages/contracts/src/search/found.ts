import type { FileKind } from '../communication/communication.ts'
import { hasMarks } from '../formatting/formatted.ts'
import { plainOf } from '../formatting/plain-of.ts'
import { findLinks } from '../messages/find-links.ts'
import { extractOf, type Extract } from './extract.ts'
import { hasLink } from './links.ts'
import { findRanges, matchesAll, termsIn, type Range, type Term } from './match.ts'
import type { SearchPart } from './query.ts'

/** What of a file searching looks at. */
export interface SearchableFile {
  readonly kind: FileKind
  readonly name: string
}

/** What of a message searching looks at, on the server as on a device. */
export interface Searchable {
  /** null where it was written elsewhere, by somebody who is no member. */
  readonly senderId: string | null
  readonly text: string
  /** What happened, in a system line; null in what people write. */
  readonly notice: unknown
  readonly sentAt: number
  readonly files?: readonly SearchableFile[] | undefined
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
export const isSearchable = ({ notice, text, files, deletedAt }: Searchable): boolean =>
  notice === null && deletedAt === undefined && (text !== '' || files !== undefined)

/** Files whose names say something: a recording is named by the program. */
const named = (files: readonly SearchableFile[] = []) => files.filter(({ kind }) => kind !== 'voice')

/** A text with more marks and lines is left as it was typed: the time that hostile text takes grows with their square. */
const MARKS_MAX = 500

/** A text as it is shown, without the marks of its formatting. */
function shownText(text: string): string {
  if (!hasMarks(text) || (text.match(/[*_~`\n]/g)?.length ?? 0) > MARKS_MAX) return text
  return plainOf(text)
}

/** A text as it was typed, and as it is shown where that is another: what is looked for may be in either. */
export const wordings = (text: string): string[] => [...new Set([text, shownText(text)])]

/** What of a message is searched through. */
export const searchedTexts = ({ text, files }: Searchable): string[] => [
  ...wordings(text),
  ...named(files).map(({ name }) => name),
]

/** What a message holds that can be asked for. A picture is a file too; what was spoken is not. */
export function searchedParts({ text, files = [] }: Searchable): SearchPart[] {
  const parts = new Set<SearchPart>(hasLink(text) ? ['link'] : [])
  for (const { kind } of files) {
    if (kind === 'voice') parts.add('voice')
    else parts.add('file')
    if (kind === 'picture') parts.add('picture')
  }
  return [...parts]
}

/** Whether a message is what is looked for; who may see it is another question. */
export function matchesQuery(
  message: Searchable,
  { terms, from, has, after, before }: MessageQuery,
): boolean {
  if (!isSearchable(message) || message.sentAt < after || message.sentAt >= before) return false
  const { senderId } = message
  if (from.length > 0 && (senderId === null || !from.includes(senderId))) return false
  const parts = has.length > 0 ? searchedParts(message) : []
  if (!has.every((part) => parts.includes(part))) return false
  return terms.length === 0 || matchesAll(searchedTexts(message), terms)
}

/** How many of a message's files, and of its links, are told with it. */
const FILES_TOLD = 5
const LINKS_TOLD = 20

/** A found message as it is listed: the piece of its text, and its files, those with what was looked for first. */
export interface FoundPieces {
  readonly extract: Extract
  readonly files?: { kind: FileKind; name: string; ranges: Range[] }[]
  /** The addresses in it, where links are asked for: the piece of a long text may hold none of them, or half of one. */
  readonly links?: string[]
}

/** The piece of a text that is shown: without the marks of its formatting, unless what was found is among these. */
function shownExtract(text: string, terms: readonly Term[]): Extract {
  const shown = shownText(text)
  if (shown === text) return extractOf(text, terms)
  return extractOf(termsIn(shown, terms).length < termsIn(text, terms).length ? text : shown, terms)
}

const linksIn = (text: string): string[] =>
  findLinks(text)
    .slice(0, LINKS_TOLD)
    .map(({ href }) => href)

/** What of a found message is shown. */
export function foundPieces(
  message: Searchable,
  { terms, has }: Pick<MessageQuery, 'terms' | 'has'>,
): FoundPieces {
  const extract = shownExtract(message.text, terms)
  const links = has.includes('link') ? { links: linksIn(message.text) } : {}
  if (!message.files?.length) return { extract, ...links }
  const files = message.files.map((file) => ({
    kind: file.kind,
    name: file.name,
    ranges: file.kind === 'voice' ? [] : findRanges(file.name, terms),
  }))
  files.sort((a, b) => Number(b.ranges.length > 0) - Number(a.ranges.length > 0))
  return { extract, files: files.slice(0, FILES_TOLD), ...links }
}
