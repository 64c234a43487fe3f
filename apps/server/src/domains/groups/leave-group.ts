import type { Actor } from '../../kernel/actor.ts'
import { requireGroup } from '../conversations/conversation-access.ts'
import { writeNotice } from '../messages/write-notice.ts'
import { endPart } from './end-part.ts'
import { handOver } from './hand-over.ts'
import type { GroupTx } from './record-group.ts'

/**
 * Leaves a group; what was written until now stays readable. The last admin hands over.
 * @throws DomainError not_found, no_longer_in_group
 */
export async function leaveGroup(
  tx: GroupTx,
  actor: Actor,
  conversationId: string,
  now: number,
): Promise<void> {
  const { scope, memberId } = actor
  const before = await requireGroup(tx.conversations, actor, conversationId)
  const group = await handOver(tx, scope, before, memberId, now)
  const notice = await writeNotice(tx, scope, conversationId, memberId, { what: 'left' }, now)
  await endPart(tx, scope, group, { memberId, notice, keepsHistory: true })
  await tx.activity.append(scope, { actor, action: 'group.left', about: conversationId })
}
