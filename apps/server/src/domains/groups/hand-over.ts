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
  const { adminIds } = group.group
  if (!adminIds.includes(memberId)) return group
  const active = await activeMembers(tx, scope)
  const heir = heirOf({ memberIds: group.memberIds, adminIds }, memberId, (id) => active.has(id))
  return heir === null ? group : promote(tx, scope, group, { heir, by: memberId }, now)
}

async function activeMembers(tx: GroupTx, scope: OrgScope): Promise<ReadonlySet<string>> {
  const members = await tx.members.list(scope)
  return new Set(members.filter(({ state }) => state === 'active').map(({ id }) => id))
}

async function promote(
  tx: GroupTx,
  scope: OrgScope,
  group: GroupConversation,
  { heir, by }: { readonly heir: string; readonly by: string },
  now: number,
): Promise<GroupConversation> {
  const next = { ...group.group, adminIds: [...group.group.adminIds, heir] }
  await tx.conversations.updateGroup(scope, group.id, { adminIds: next.adminIds })
  await writeNotice(tx, scope, group.id, by, { what: 'promoted', memberIds: [heir] }, now)
  return { ...group, group: next }
}

/** Hands over every group of which a member, whose access is being switched off, is the last admin. */
export async function handOverGroups(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  now: number,
): Promise<void> {
  for (const group of await groupsOf(tx, scope, memberId)) {
    const after = await handOver(tx, scope, group, memberId, now)
    if (after !== group) await recordGroup(tx, scope, group.id)
  }
}

/**
 * Makes a member, who has just got their access back, admin of every group of theirs that has none with access: nobody was there to
 * hand it over to while all of it were switched off.
 */
export async function takeOverGroups(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  now: number,
): Promise<void> {
  const active = await activeMembers(tx, scope)
  for (const group of await groupsOf(tx, scope, memberId)) {
    const { adminIds } = group.group
    if (adminIds.some((id) => active.has(id))) continue
    await promote(tx, scope, group, { heir: memberId, by: adminIds.at(-1) ?? memberId }, now)
    await recordGroup(tx, scope, group.id)
  }
}

async function groupsOf(tx: GroupTx, scope: OrgScope, memberId: string): Promise<GroupConversation[]> {
  const ids = await tx.conversations.idsOf(scope, memberId)
  return (await tx.conversations.getMany(scope, ids)).filter(isGroup)
}
