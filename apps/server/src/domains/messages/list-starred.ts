import type { Actor } from '../../kernel/actor.ts'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import { requireHistory } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { messagesAsKept } from './message-as-kept.ts'
import { isDeleted, isExpired } from './message-rules.ts'
import type { MessageRecord } from './message.ts'
import type { MessageReader } from './message-store.ts'
import type { OwnMessageReader } from './own-message-store.ts'

interface StarredRead {
  readonly conversations: ConversationReader
  readonly messages: MessageReader
  readonly ownMessages: OwnMessageReader
  readonly chatPreferences: ChatPreferenceReader
}

/** Of these messages those that the actor has starred and may still read, as they may read them. */
export async function listStarred(
  read: StarredRead,
  actor: Actor,
  messageIds: readonly string[],
  now: number,
): Promise<MessageRecord[]> {
  const { scope, memberId } = actor
  const starred = (await read.ownMessages.of(scope, memberId, messageIds)).filter(
    ({ starredAt }) => starredAt !== null,
  )
  const stored = await read.messages.getMany(
    scope,
    starred.map(({ messageId }) => messageId),
  )
  const shown: MessageRecord[] = []
  for (const message of stored) {
    const { conversationId, number } = message
    const preference = await read.chatPreferences.get(scope, memberId, conversationId)
    const { from, until } = await requireHistory(read.conversations, actor, conversationId)
    const gone = number < from || number > until || number <= (preference?.cleared?.number ?? 0)
    if (gone || isDeleted(message) || isExpired(message, now)) continue
    shown.push(
      ...(until === Infinity ? [message] : await messagesAsKept(read.messages, scope, [message], until)),
    )
  }
  return shown
}
