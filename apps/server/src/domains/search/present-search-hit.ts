import { foundPieces, type MessageQuery } from '@parley/contracts/search/found'
import type { SearchHit } from '@parley/contracts/search/routes'
import type { MessageRecord } from '../messages/message.ts'
import { searchable } from './search.ts'

export const presentSearchHit = (message: MessageRecord, query: MessageQuery): SearchHit => ({
  messageId: message.id,
  conversationId: message.conversationId,
  number: message.number,
  senderId: message.senderId,
  sentAt: message.sentAt,
  ...(message.extras?.imported?.author && { author: message.extras.imported.author }),
  ...foundPieces(searchable(message), query),
})
