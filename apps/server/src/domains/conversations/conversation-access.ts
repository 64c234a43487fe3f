import { purgedFromStart } from '@parley/contracts/conversations/purged-ranges'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { MemberReader } from '../members/member-store.ts'
import { isGroup, type ConversationRecord, type GroupConversation, type MarkRecord } from './conversation.ts'
import type { ConversationReader } from './conversation-store.ts'

/** A conversation the actor takes part in. @throws DomainError not_found, also for a foreign one (A4); no_longer_in_group */
export async function requireReadable(
  conversations: ConversationReader,
  actor: Actor,
  conversationId: string,
): Promise<ConversationRecord> {
  const conversation = await conversations.get(actor.scope, conversationId)
  if (conversation?.memberIds.includes(actor.memberId)) return conversation
  // who keeps something of it knows that it exists
  const left = conversation && (await conversations.mark(actor.scope, conversationId, actor.memberId))
  throw new DomainError(left ? 'no_longer_in_group' : 'not_found')
}

/** What of a conversation's history the actor may read: from one number on, since what is gone for good is nobody's, and, once they have left, up to one. */
export interface Readable {
  readonly mark: MarkRecord
  readonly from: number
  readonly until: number
}

/** The history that is the actor's to read, as participant or as one who was. @throws DomainError not_found */
export async function requireHistory(
  conversations: ConversationReader,
  actor: Actor,
  conversationId: string,
): Promise<Readable> {
  const mark = await conversations.mark(actor.scope, conversationId, actor.memberId)
  if (!mark) throw new DomainError('not_found')
  const gone = purgedFromStart(await conversations.purged(actor.scope, conversationId))
  return { mark, from: Math.max(mark.from, gone + 1), until: mark.kept?.until ?? Infinity }
}

/**
 * A conversation the actor may write in: they take part; in a direct one the other still has access; in a group that is for
 * announcements they are an admin of it.
 * @throws DomainError not_found, no_longer_in_group, recipient_gone, announcement_only
 */
export async function requireWritable(
  tx: { readonly conversations: ConversationReader; readonly members: MemberReader },
  actor: Actor,
  conversationId: string,
): Promise<ConversationRecord> {
  const conversation = await requireReadable(tx.conversations, actor, conversationId)
  if (isGroup(conversation)) {
    const { announcementOnly, adminIds } = conversation.group
    if (announcementOnly && !adminIds.includes(actor.memberId)) throw new DomainError('announcement_only')
    return conversation
  }
  for (const memberId of conversation.memberIds) {
    if (memberId === actor.memberId) continue
    const other = await tx.members.get(actor.scope, memberId)
    if (other?.state !== 'active') throw new DomainError('recipient_gone')
  }
  return conversation
}

/** A group the actor takes part in. @throws DomainError not_found, no_longer_in_group */
export async function requireGroup(
  conversations: ConversationReader,
  actor: Actor,
  conversationId: string,
): Promise<GroupConversation> {
  const conversation = await requireReadable(conversations, actor, conversationId)
  if (!isGroup(conversation)) throw new DomainError('not_found')
  return conversation
}

/** A group the actor is an admin of. @throws DomainError not_found, no_longer_in_group, forbidden */
export async function requireGroupAdmin(
  conversations: ConversationReader,
  actor: Actor,
  conversationId: string,
): Promise<GroupConversation> {
  const group = await requireGroup(conversations, actor, conversationId)
  if (!group.group.adminIds.includes(actor.memberId)) throw new DomainError('forbidden')
  return group
}

/** A group the actor may add members to. @throws DomainError not_found, no_longer_in_group, forbidden */
export async function requireMayAdd(
  conversations: ConversationReader,
  actor: Actor,
  conversationId: string,
): Promise<GroupConversation> {
  const group = await requireGroup(conversations, actor, conversationId)
  if (group.group.membersMayAdd) return group
  return requireGroupAdmin(conversations, actor, conversationId)
}
