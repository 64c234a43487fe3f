import type { Conversation, Mark } from '@parley/contracts/conversations/conversation'
import type { ConversationRecord, MarkRecord } from './conversation.ts'

export const presentConversation = (conversation: ConversationRecord): Conversation => ({
  id: conversation.id,
  kind: conversation.kind,
  memberIds: [...conversation.memberIds],
  createdBy: conversation.createdBy,
  createdAt: conversation.createdAt,
})

export const presentMark = (mark: MarkRecord): Mark => ({
  conversationId: mark.conversationId,
  memberId: mark.memberId,
  delivered: mark.delivered,
  seen: mark.seen,
})
