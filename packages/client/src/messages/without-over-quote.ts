import type { Quote } from '@parley/contracts/messages/message'
import { emptiedQuote, isQuoteOver } from '@parley/contracts/messages/quote-now'
import type { MessageRecord, OutboxEntry, StoreOp } from '../local-store/local-store.ts'

/** A message with nothing in it of what it answers once the time of that has come. The very same record where there is nothing to take out. */
export function withoutOverQuote(record: MessageRecord, now: number): MessageRecord {
  const { message } = record
  const { replyTo } = message
  if (!replyTo || !isQuoteOver(replyTo, now)) return record
  return { ...record, message: { ...message, replyTo: emptiedQuote(replyTo) } }
}

/** Has answers that wait to be sent keep nothing of what they answer where that is gone. @returns a step for each that kept something */
export function emptyAnswers(
  waiting: readonly OutboxEntry[] = [],
  isGone: (quote: Quote) => boolean,
): StoreOp[] {
  return waiting.flatMap((entry): StoreOp[] => {
    const { replyTo } = entry
    if (!replyTo || replyTo.kind === 'deleted' || !isGone(replyTo)) return []
    return [{ op: 'put-outbox', entry: { ...entry, replyTo: emptiedQuote(replyTo) } }]
  })
}
