import type { Actor } from '../../kernel/actor.ts'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { newId } from '../../kernel/ids.ts'
import { requireMayStartDirect } from '../communication/communication-access.ts'
import { requireMember } from '../members/member-access.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { ConversationRecord } from './conversation.ts'
import type { ConversationWriter } from './conversation-store.ts'
import { presentConversation } from './present-conversation.ts'

interface Tx {
  readonly conversations: ConversationWriter
  readonly members: MemberReader
  readonly organisations: OrganisationReader
  readonly changes: ChangeFeedWriter
}

/**
 * The conversation of the actor with a colleague; made if there is none, with access for both (Y9).
 * @throws DomainError not_found, recipient_gone, forbidden (oneself), direct_not_allowed (a new one)
 */
export async function startDirectConversation(
  tx: Tx,
  actor: Actor,
  memberId: string,
  now: number,
): Promise<ConversationRecord> {
  const { scope } = actor
  const other = await requireMember(tx.members, scope, memberId)
  if (other.id === actor.memberId) throw new DomainError('forbidden')
  const existing = await tx.conversations.findDirect(scope, actor.memberId, other.id)
  if (existing) return existing
  if (other.state !== 'active') throw new DomainError('recipient_gone')
  await requireMayStartDirect(tx, actor, other)
  const conversation: ConversationRecord = {
    id: newId(),
    kind: 'direct',
    memberIds: [actor.memberId, other.id],
    createdBy: actor.memberId,
    createdAt: now,
    group: null,
  }
  await tx.conversations.insert(scope, conversation)
  const audience = ofConversation(conversation.id)
  const data = presentConversation(conversation)
  await tx.changes.append(scope, { audience, kind: 'conversation', id: conversation.id, data })
  for (const participant of conversation.memberIds) {
    await tx.changes.append(scope, {
      audience: ofMember(participant),
      kind: 'access',
      id: audience,
      data: { audience, state: 'gained' },
    })
  }
  return conversation
}
