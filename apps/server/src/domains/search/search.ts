import {
  isSearchable,
  matchesQuery,
  searchedParts,
  searchedTexts,
  wordings,
  type MessageQuery,
  type Searchable,
} from '@parley/contracts/search/found'
import type { SearchPart } from '@parley/contracts/search/query'
import type { MessageRecord } from '../messages/message.ts'
import { tokensOfTerm, tokensOfTexts } from './search-tokens.ts'

/** Raised when the same message would get other tokens: indexes are then made anew by themselves. */
export const TOKENS_VERSION = 3

/** Private characters, which no folded text holds. */
const EVERY = '\ue000'
const senderToken = (memberId: string) => `\ue001${memberId.replaceAll('-', '')}`
const partToken = (part: SearchPart) => `\ue002${part}`

/** A message as searching sees it. */
export const searchable = ({ senderId, text, notice, sentAt, extras }: MessageRecord): Searchable => ({
  // what somebody brought along from elsewhere was written by another
  senderId: extras?.imported?.author ? null : senderId,
  text,
  notice,
  sentAt,
  files: extras?.files,
  deletedAt: extras?.deletedAt,
})

/** Whether a message belongs into an index. */
export const isIndexed = (message: MessageRecord): boolean => isSearchable(searchable(message))

/**
 * The tokens under which a message is kept.
 * @param earlier what it said before its edits: who has left since still reads that
 */
export function tokensOf(message: MessageRecord, earlier: readonly string[]): string[] {
  const shown = searchable(message)
  const pieces = tokensOfTexts([...searchedTexts(shown), ...earlier.flatMap(wordings)])
  const from = shown.senderId === null ? [] : [senderToken(shown.senderId)]
  return [EVERY, ...from, ...searchedParts(shown).map(partToken), ...pieces]
}

/** The tokens that a message has to hold: of each group at least one. */
export function tokensOfQuery({ terms, from, has }: MessageQuery): string[][] {
  const pieces = new Set(terms.flatMap((term) => [...tokensOfTerm(term)]))
  const groups = [...pieces, ...has.map(partToken)].map((token) => [token])
  if (from.length > 0) groups.push(from.map(senderToken))
  return groups.length > 0 ? groups : [[EVERY]]
}

/** Whether a message, as the member sees it, is what they look for. */
export const isFound = (message: MessageRecord, query: MessageQuery): boolean =>
  matchesQuery(searchable(message), query)
