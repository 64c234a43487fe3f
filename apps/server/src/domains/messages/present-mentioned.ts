import { MENTIONS_TOLD_MAX, type Mentioned } from '@parley/contracts/messages/mentions'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MessageReader } from './message-store.ts'

interface Read {
  readonly conversations: ConversationReader
  readonly messages: Pick<MessageReader, 'mentions'>
}

/**
 * Where in a group a member, or everybody (null), is mentioned, as far as that is theirs to see; null for who has nothing to do
 * with the group. It depends on what is stored alone, and on no mark that rises in between: so whoever loads it holds what whoever heard of it does.
 */
export async function mentionedIn(
  { conversations, messages }: Read,
  scope: OrgScope,
  conversationId: string,
  memberId: string | null,
): Promise<Mentioned | null> {
  const numbers = await messages.mentions(scope, conversationId, memberId, MENTIONS_TOLD_MAX)
  if (memberId === null) return { conversationId, numbers }
  const mark = await conversations.mark(scope, conversationId, memberId)
  if (!mark) return null
  const until = mark.kept?.until ?? Infinity
  return { conversationId, numbers: numbers.filter((number) => number >= mark.from && number <= until) }
}
