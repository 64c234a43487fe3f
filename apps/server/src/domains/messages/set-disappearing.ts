import type { Actor } from '../../kernel/actor.ts'
import { ofConversation } from '../../kernel/audiences.ts'
import { requireGroupAdmin, requireWritable } from '../conversations/conversation-access.ts'
import type { ConversationRecord, DisappearAfter } from '../conversations/conversation.ts'
import { presentConversation } from '../conversations/present-conversation.ts'
import type { SendTx } from './send-message.ts'
import { writeNotice } from './write-notice.ts'

/**
 * Lets messages that are sent from now on disappear, or not any more, with a line in the chat; in groups for their admins.
 * @param after seconds; null to switch it off
 * @throws DomainError not_found, no_longer_in_group, recipient_gone, forbidden
 */
export async function setDisappearing(
  tx: SendTx,
  actor: Actor,
  conversationId: string,
  after: DisappearAfter | null,
  now: number,
): Promise<ConversationRecord> {
  const { scope, memberId } = actor
  const before = await requireWritable(tx, actor, conversationId)
  if (before.group) await requireGroupAdmin(tx.conversations, actor, conversationId)
  if ((before.disappearing?.after ?? null) === after) return before
  await tx.conversations.setDisappearing(scope, conversationId, after)
  await writeNotice(tx, scope, conversationId, memberId, { what: 'disappearing', after }, now)
  const conversation = await tx.conversations.get(scope, conversationId)
  if (!conversation) throw new Error('a conversation that was changed exists')
  const audience = ofConversation(conversationId)
  const data = presentConversation(conversation)
  await tx.changes.append(scope, { audience, kind: 'conversation', id: conversationId, data })
  return conversation
}
