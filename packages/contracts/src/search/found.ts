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

/** What of a message is searched through. */
export const searchedTexts = ({ text, files }: Searchable): string[] => [
  text,
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
  return has.every((part) => parts.includes(part)) && matchesAll(searchedTexts(message), terms)
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

/** So much of a text is read for its marks, and so much of that stands before what was found: hostile text takes long to be read. */
const READ = 1_000
const READ_BEFORE = 400

/** The piece of a text that is shown: without the marks of its formatting, unless what was found is among these. */
function shownExtract(text: string, terms: readonly Term[]): Extract {
  if (!hasMarks(text)) return extractOf(text, terms)
  const first = text.length <= READ ? 0 : (findRanges(text, terms)[0]?.[0] ?? 0)
  const from = first <= READ_BEFORE ? 0 : wordFrom(text, first - READ_BEFORE)
  const piece = text.slice(from, from + READ).replace(/[\ud800-\udbff]$/, '')
  const plain = plainOf(piece)
  if (termsIn(plain, terms).length < termsIn(piece, terms).length) return extractOf(text, terms)
  const extract = extractOf(plain, terms)
  return {
    ...extract,
    cutBefore: extract.cutBefore || from > 0,
    cutAfter: extract.cutAfter || from + READ < text.length,
  }
}

/** Where the next word begins; a place between letters where that is far. */
function wordFrom(text: string, at: number): number {
  const space = text.slice(at, at + 40).search(/\s/)
  if (space >= 0) return at + space + 1
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at
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
