import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import type { ReadableRecord } from '../conversations/conversation.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MemberReader } from '../members/member-store.ts'
import { messagesAsKept } from '../messages/message-as-kept.ts'
import { isExpired } from '../messages/message-rules.ts'
import type { MessageRecord } from '../messages/message.ts'
import type { OwnMessageReader } from '../messages/own-message-store.ts'
import type { MessageReader } from '../messages/message-store.ts'

interface AccessRead {
  readonly members: MemberReader
  readonly conversations: ConversationReader
  readonly messages: MessageReader
  readonly chatPreferences: ChatPreferenceReader
  readonly ownMessages: OwnMessageReader
}

/** What a member may find: the one door through which everything found has to leave. */
export interface Findable {
  readonly conversationIds: readonly string[]
  /** Without those that the member has deleted for themselves. */
  withoutHidden(messages: readonly MessageRecord[]): Promise<MessageRecord[]>
  /** A stored message as the member sees it now; null when it is not theirs to see. */
  asSeen(message: MessageRecord): Promise<MessageRecord | null>
}

/**
 * What the actor may find now, as participant or as one who was. Rights are those that stand beside what is read, since the actor
 * may have waited for its turn (A2).
 * @param only in these conversations; all when empty
 * @param now what has disappeared by then is not theirs any more, whether it is deleted yet or not
 * @throws DomainError not_signed_in, member_deactivated; not_found for a conversation that is not theirs to read (A4)
 */
export async function requireFindable(
  read: AccessRead,
  actor: Actor,
  only: readonly string[],
  now: number,
): Promise<Findable> {
  const { scope, memberId } = actor
  const member = await read.members.get(scope, memberId)
  if (member?.state !== 'active') throw new DomainError(member ? 'member_deactivated' : 'not_signed_in')
  const readable = new Map<string, ReadableRecord>()
  for (const one of await read.conversations.readableBy(scope, memberId))
    readable.set(one.conversationId, one)
  if (only.some((id) => !readable.has(id))) throw new DomainError('not_found')
  const conversationIds = only.length > 0 ? [...new Set(only)] : [...readable.keys()]
  const cleared = new Map<string, number>()
  for (const one of await read.chatPreferences.of(scope, memberId, conversationIds))
    cleared.set(one.conversationId, one.cleared?.number ?? 0)
  return {
    conversationIds,
    async withoutHidden(messages) {
      const ids = messages.map(({ id }) => id)
      const hidden = new Set<string>()
      for (const note of await read.ownMessages.of(scope, memberId, ids))
        if (note.hidden) hidden.add(note.messageId)
      return messages.filter(({ id }) => !hidden.has(id))
    },
    async asSeen(message) {
      const range = readable.get(message.conversationId)
      if (!range || message.number < range.from || message.number > range.until) return null
      if (message.number <= (cleared.get(message.conversationId) ?? 0)) return null
      if (isExpired(message, now)) return null
      if (range.until === Infinity) return message
      return (await messagesAsKept(read.messages, scope, [message], range.until))[0] ?? null
    },
  }
}
