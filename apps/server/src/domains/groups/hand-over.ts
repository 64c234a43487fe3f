import { heirOf } from '@parley/contracts/groups/heir'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { isGroup, type GroupConversation } from '../conversations/conversation.ts'
import { writeNotice } from '../messages/write-notice.ts'
import { recordGroup, type GroupTx } from './record-group.ts'

/**
 * If nobody with access would be admin of the group without this member, who has been in it longest becomes one.
 * @returns the group as it is then
 */
export async function handOver(
  tx: GroupTx,
  scope: OrgScope,
  group: GroupConversation,
  memberId: string,
  now: number,
): Promise<GroupConversation> {
  const { id } = group
  const { adminIds } = group.group
  if (!adminIds.includes(memberId)) return group
  const active = new Set<string>()
  for (const member of await tx.members.list(scope)) if (member.state === 'active') active.add(member.id)
  const heir = heirOf({ memberIds: group.memberIds, adminIds }, memberId, (id) => active.has(id))
  if (heir === null) return group
  const next = { ...group.group, adminIds: [...adminIds, heir] }
  await tx.conversations.updateGroup(scope, id, { adminIds: next.adminIds })
  await writeNotice(tx, scope, id, memberId, { what: 'promoted', memberIds: [heir] }, now)
  return { ...group, group: next }
}

/** Hands over every group of which a member, whose access is being switched off, is the last admin. */
export async function handOverGroups(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  now: number,
): Promise<void> {
  const ids = await tx.conversations.idsOf(scope, memberId)
  for (const conversation of await tx.conversations.getMany(scope, ids)) {
    if (!isGroup(conversation)) continue
    const after = await handOver(tx, scope, conversation, memberId, now)
    if (after !== conversation) await recordGroup(tx, scope, conversation.id)
  }
}
