import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { requireGroupAdmin } from '../conversations/conversation-access.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import { writeNotice } from '../messages/write-notice.ts'
import { endPart } from './end-part.ts'
import type { GroupTx } from './record-group.ts'

export interface Removal {
  readonly memberId: string
  /** Whether they go on reading what was written until now. */
  readonly keepsHistory: boolean
}

/**
 * Removes a participant, at once and everywhere (A2).
 * @throws DomainError not_found (also: is not in it), no_longer_in_group, forbidden (also: oneself, who leaves instead)
 */
export async function removeFromGroup(
  tx: GroupTx,
  actor: Actor,
  conversationId: string,
  { memberId, keepsHistory }: Removal,
  now: number,
): Promise<ConversationRecord> {
  const group = await requireGroupAdmin(tx.conversations, actor, conversationId)
  if (!group.memberIds.includes(memberId)) throw new DomainError('not_found')
  if (memberId === actor.memberId) throw new DomainError('forbidden')
  const said = { what: 'removed', memberIds: [memberId] } as const
  const notice = await writeNotice(tx, actor.scope, conversationId, actor.memberId, said, now)
  const changes = { memberId: { before: memberId, after: null } }
  const activity = { actor, action: 'group.member-removed', about: conversationId, changes } as const
  await tx.activity.append(actor.scope, activity)
  return endPart(tx, actor.scope, group, { memberId, notice, keepsHistory })
}
