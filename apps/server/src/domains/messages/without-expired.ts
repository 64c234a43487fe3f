import { blankOf } from '@parley/contracts/messages/blank'
import type { Message } from '@parley/contracts/messages/message'
import { emptiedQuote, isQuoteOver } from '@parley/contracts/messages/quote-now'
import type { Change } from '@parley/contracts/sync/change'
import { isExpired } from './message-rules.ts'

/**
 * A message with nothing of what has disappeared by `now`: of itself no more than its place, since numbers have no gaps (Y7) until it is told
 * that it is gone for good, and of what it quotes whose that was.
 */
export function messageAt(message: Message, now: number): Message {
  if (isExpired(message, now)) return blankOf(message)
  const { replyTo } = message
  return replyTo && isQuoteOver(replyTo, now) ? { ...message, replyTo: emptiedQuote(replyTo) } : message
}

/** A change with nothing of what has disappeared by `now`. */
export function changeAt<C extends Change>(change: C, now: number): C {
  if (change.kind !== 'message' || !change.data) return change
  const data = messageAt(change.data, now)
  return data === change.data ? change : { ...change, data }
}

/**
 * The same changes, with nothing of messages whose time has come by `now`. What is told live, pages, first loads and what is caught up with leave
 * through here; search and exports ask for each message. What somebody keeps of a group that they have left ends with a system line, and those stay.
 */
export const withoutExpired = <C extends Change>(changes: readonly C[], now: number): C[] =>
  changes.map((change) => changeAt(change, now))
