import { extractOf } from '@parley/contracts/search/extract'
import type { SearchHit } from '@parley/contracts/search/routes'
import type { MessageRecord } from '../messages/message.ts'
import type { MessageQuery } from '@parley/contracts/search/found'

export function presentSearchHit(message: MessageRecord, { terms }: MessageQuery): SearchHit {
  const { text, ranges, cutBefore, cutAfter } = extractOf(message.text, terms)
  return {
    messageId: message.id,
    conversationId: message.conversationId,
    number: message.number,
    senderId: message.senderId,
    sentAt: message.sentAt,
    extract: { text, ranges: ranges.map(([from, to]) => [from, to]), cutBefore, cutAfter },
  }
}
