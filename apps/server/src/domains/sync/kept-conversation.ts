import type { Conversation } from '@parley/contracts/conversations/conversation'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { presentKept } from '../conversations/present-conversation.ts'
import type { MessageReader } from '../messages/message-store.ts'
import { messagesAsKept } from '../messages/message-as-kept.ts'
import { newestSeqOf } from '../messages/message.ts'
import { presentMessage } from '../messages/present-message.ts'

interface Read {
  readonly conversations: ConversationReader
  readonly messages: MessageReader
}

/** What a member keeps of a group they are no longer in; null when they keep nothing of it, or are in it again. */
export async function keptConversation(
  read: Read,
  scope: OrgScope,
  conversationId: string,
  memberId: string,
): Promise<Conversation | null> {
  const mark = await read.conversations.mark(scope, conversationId, memberId)
  const conversation = await read.conversations.get(scope, conversationId)
  if (!mark?.kept || !conversation) return null
  const { until, name } = mark.kept
  const range = { before: until + 1, from: mark.from, limit: 1 }
  const stored = await read.messages.page(scope, conversationId, range)
  const [last] = await messagesAsKept(read.messages, scope, stored, until)
  return presentKept(
    conversation,
    name,
    last ? { seq: newestSeqOf(last), message: presentMessage(last) } : null,
  )
}
