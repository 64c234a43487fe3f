import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireGroupAdmin } from '../conversations/conversation-access.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import { writeNotice } from '../messages/write-notice.ts'
import { recordGroup, type GroupTx } from './record-group.ts'

/**
 * Makes a participant an admin of the group, or takes that back. Of two admins who demote each other at once the second is no
 * admin any more when their turn comes (T3), so that one always stays.
 * @throws DomainError not_found (also: is not in it), no_longer_in_group, forbidden, last_group_admin
 */
export async function setGroupAdmin(
  tx: GroupTx,
  actor: Actor,
  conversationId: string,
  { memberId, admin }: { readonly memberId: string; readonly admin: boolean },
  now: number,
): Promise<ConversationRecord> {
  const { scope } = actor
  const before = await requireGroupAdmin(tx.conversations, actor, conversationId)
  if (!before.memberIds.includes(memberId)) throw new DomainError('not_found')
  const others = before.group.adminIds.filter((adminId) => adminId !== memberId)
  const wasAdmin = others.length !== before.group.adminIds.length
  if (wasAdmin === admin) return before
  if (!admin && !(await anyActive(tx, scope, others))) throw new DomainError('last_group_admin')
  const adminIds = admin ? [...others, memberId] : others
  await tx.conversations.updateGroup(scope, conversationId, { adminIds })
  const notice = { what: admin ? 'promoted' : 'demoted', memberIds: [memberId] } as const
  await writeNotice(tx, scope, conversationId, actor.memberId, notice, now)
  const changes = { [memberId]: { before: wasAdmin, after: admin } }
  await tx.activity.append(scope, { actor, action: 'group.admin-changed', about: conversationId, changes })
  return recordGroup(tx, scope, conversationId)
}

async function anyActive(tx: GroupTx, scope: OrgScope, memberIds: readonly string[]): Promise<boolean> {
  for (const memberId of memberIds) {
    if ((await tx.members.get(scope, memberId))?.state === 'active') return true
  }
  return false
}
