import type { Actor } from '../../kernel/actor.ts'
import { requireReadable } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { requireMessage } from './message-access.ts'
import type { EditRecord } from './message.ts'
import type { MessageReader } from './message-store.ts'

interface Read {
  readonly conversations: ConversationReader
  readonly messages: MessageReader
}

/**
 * What a message said before each of its edits, oldest first. That the actor is an admin the route demands; what they have not taken part in
 * they do not read this way either.
 * @throws DomainError not_found, no_longer_in_group
 */
export async function listEdits(
  read: Read,
  actor: Actor,
  messageId: string,
  now: number,
): Promise<EditRecord[]> {
  const { conversationId } = await requireMessage(read, actor, messageId, now)
  await requireReadable(read.conversations, actor, conversationId)
  return read.messages.edits(actor.scope, messageId)
}
