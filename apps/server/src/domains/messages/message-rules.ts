import { QUOTE_MAX_LENGTH, type Quote } from '@parley/contracts/messages/message'
import type { MessageRecord } from './message.ts'

export const isDeleted = ({ extras }: MessageRecord): boolean => extras?.deletedAt !== undefined

/** A message as an answer shows it. */
export function quoteOf(message: MessageRecord): Quote {
  const { id, number, senderId, text } = message
  if (isDeleted(message)) return { id, number, senderId, kind: 'deleted', text: '' }
  return { id, number, senderId, kind: 'text', text: beginningOf(text) }
}

/** Never ends in half a character. */
function beginningOf(text: string): string {
  if (text.length <= QUOTE_MAX_LENGTH) return text
  const cut = text.slice(0, QUOTE_MAX_LENGTH - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
