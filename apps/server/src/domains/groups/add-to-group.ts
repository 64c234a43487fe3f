import type { Actor } from '../../kernel/actor.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireMayAdd } from '../conversations/conversation-access.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import { requireActiveMember } from '../members/member-access.ts'
import { writeNotice } from '../messages/write-notice.ts'
import {
  recordAccess,
  recordGroup,
  recordKeptNoMore,
  recordOwnMark,
  recordOwnMentions,
  recordPurged,
  type GroupTx,
} from './record-group.ts'

/**
 * Adds members; who is in it already stays as they are. Newcomers see what was written before, or only what follows, as the
 * group is set; they have nothing unread either way.
 * @throws DomainError not_found, no_longer_in_group, forbidden, recipient_gone (whose access is switched off)
 */
export async function addToGroup(
  tx: GroupTx,
  actor: Actor,
  conversationId: string,
  memberIds: readonly string[],
  now: number,
): Promise<ConversationRecord> {
  const { scope } = actor
  const before = await requireMayAdd(tx.conversations, actor, conversationId)
  const present = new Set(before.memberIds)
  const added = [...new Set(memberIds)].filter((memberId) => !present.has(memberId))
  for (const memberId of new Set(memberIds)) await requireActiveMember(tx.members, scope, memberId)
  if (added.length === 0) return before
  const returned = await whoKept(tx, scope, conversationId, added)
  const notice = { what: 'added', memberIds: added } as const
  const { seq, number, quiet } = await writeNotice(tx, scope, conversationId, actor.memberId, notice, now)
  const from = before.group.newcomersSeeHistory ? 1 : number
  const joining = { from, joinedSeq: seq, delivered: number, seen: number, quiet }
  await tx.conversations.addParticipants(scope, conversationId, added, joining)
  // what is kept ends before the group is told, so that the newer of the two is the group
  for (const memberId of returned) await recordKeptNoMore(tx, scope, memberId, conversationId)
  const after = await recordGroup(tx, scope, conversationId)
  if (returned.length > 0) await recordPurged(tx, scope, conversationId)
  for (const memberId of added) {
    await recordAccess(tx, scope, memberId, conversationId, 'gained')
    await recordOwnMark(tx, scope, memberId, conversationId)
    await recordOwnMentions(tx, scope, memberId, conversationId)
  }
  const changes = { memberIds: { before: null, after: added } }
  await tx.activity.append(scope, { actor, action: 'group.members-added', about: conversationId, changes })
  return after
}

async function whoKept(
  tx: GroupTx,
  scope: OrgScope,
  conversationId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  const kept: string[] = []
  for (const memberId of memberIds) {
    if (await tx.conversations.mark(scope, conversationId, memberId)) kept.push(memberId)
  }
  return kept
}
