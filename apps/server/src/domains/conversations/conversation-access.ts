import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { ConversationRecord } from './conversation.ts'
import type { ConversationReader } from './conversation-store.ts'

/** A conversation the actor may read: they take part in it. @throws DomainError not_found, also for a foreign one (A4) */
export async function requireReadable(
  conversations: ConversationReader,
  actor: Actor,
  conversationId: string,
): Promise<ConversationRecord> {
  const conversation = await conversations.get(actor.scope, conversationId)
  if (!conversation?.memberIds.includes(actor.memberId)) throw new DomainError('not_found')
  return conversation
}

/**
 * A conversation the actor may write in: they take part, and in a direct one the other still has access.
 * @throws DomainError not_found, recipient_gone
 */
export async function requireWritable(
  tx: { readonly conversations: ConversationReader; readonly members: MemberReader },
  actor: Actor,
  conversationId: string,
): Promise<ConversationRecord> {
  const conversation = await requireReadable(tx.conversations, actor, conversationId)
  for (const memberId of conversation.memberIds) {
    if (memberId === actor.memberId) continue
    const other = await tx.members.get(actor.scope, memberId)
    if (other?.state !== 'active') throw new DomainError('recipient_gone')
  }
  return conversation
}
