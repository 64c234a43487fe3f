import { emptiedQuote, isQuoteOver } from '@parley/contracts/messages/quote-now'
import type { MessageRecord } from '../local-store/local-store.ts'

/** A message with nothing in it of what it answers once the time of that has come. The very same record where there is nothing to take out. */
export function withoutOverQuote(record: MessageRecord, now: number): MessageRecord {
  const { message } = record
  const { replyTo } = message
  if (!replyTo || !isQuoteOver(replyTo, now)) return record
  return { ...record, message: { ...message, replyTo: emptiedQuote(replyTo) } }
}
