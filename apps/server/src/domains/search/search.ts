import type { SearchPart } from '@parley/contracts/search/query'
import { hasLink } from '@parley/contracts/search/links'
import { matchesAll, type Term } from '@parley/contracts/search/match'
import { isDeleted } from '../messages/message-rules.ts'
import type { MessageRecord } from '../messages/message.ts'
import { tokensOfTerm, tokensOfTexts } from './search-tokens.ts'

/** Raised when the same message would get other tokens: indexes are then made anew by themselves. */
export const TOKENS_VERSION = 1

/** What a member looks for. */
export interface SearchQuery {
  readonly terms: readonly Term[]
  /** Written by one of these; everybody when empty. */
  readonly from: readonly string[]
  readonly has: readonly SearchPart[]
  readonly after: number
  readonly before: number
}

/** Private characters, which no folded text holds. */
const EVERY = '\ue000'
const senderToken = (memberId: string) => `\ue001${memberId.replaceAll('-', '')}`
const partToken = (part: SearchPart) => `\ue002${part}`

/** What of a message is searched through. */
const textsOf = (message: MessageRecord): string[] => [message.text]

/** What a message holds that can be asked for. */
function partsOf(message: MessageRecord): SearchPart[] {
  return hasLink(message.text) ? ['link'] : []
}

/** Whether there is anything to find: not in system lines, nor in what was deleted. */
export const isSearchable = (message: MessageRecord): boolean =>
  message.notice === null && !isDeleted(message)

/**
 * The tokens under which a message is kept.
 * @param earlier what it said before its edits: who has left since still reads that
 */
export function tokensOf(message: MessageRecord, earlier: readonly string[]): string[] {
  const pieces = tokensOfTexts([...textsOf(message), ...earlier])
  return [EVERY, senderToken(message.senderId), ...partsOf(message).map(partToken), ...pieces]
}

/** The tokens that a message has to hold: of each group at least one. */
export function tokensOfQuery({ terms, from, has }: SearchQuery): string[][] {
  const pieces = new Set(terms.flatMap((term) => [...tokensOfTerm(term)]))
  const groups = [...pieces, ...has.map(partToken)].map((token) => [token])
  if (from.length > 0) groups.push(from.map(senderToken))
  return groups.length > 0 ? groups : [[EVERY]]
}

/** Whether a message is what is looked for; who may see it is another question. */
export function matches(message: MessageRecord, { terms, from, has, after, before }: SearchQuery): boolean {
  if (!isSearchable(message) || message.sentAt < after || message.sentAt >= before) return false
  if (from.length > 0 && !from.includes(message.senderId)) return false
  const parts = has.length > 0 ? partsOf(message) : []
  return has.every((part) => parts.includes(part)) && matchesAll(textsOf(message), terms)
}
