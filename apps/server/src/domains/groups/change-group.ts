import { anyOf, changesIn } from '../../kernel/activity-chain.ts'
import type { Actor } from '../../kernel/actor.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import { requireGroupAdmin } from '../conversations/conversation-access.ts'
import type { ConversationRecord, GroupRecord } from '../conversations/conversation.ts'
import { writeNotice, type GivenNotice } from '../messages/write-notice.ts'
import { recordGroup, type GroupTx } from './record-group.ts'

export type GroupPatch = Patch<Omit<GroupRecord, 'adminIds' | 'pictureVersion'>>

const SETTINGS = ['announcementOnly', 'membersMayAdd', 'newcomersSeeHistory'] as const

/**
 * Changes name, description and settings, with a line in the chat for each that is another than before.
 * @throws DomainError not_found, no_longer_in_group, forbidden
 */
export async function changeGroup(
  tx: GroupTx,
  actor: Actor,
  conversationId: string,
  patch: GroupPatch,
  now: number,
): Promise<ConversationRecord> {
  const { scope, memberId } = actor
  const before = await requireGroupAdmin(tx.conversations, actor, conversationId)
  const after: GroupRecord = { ...before.group, ...given(patch) }
  const notices = noticesOf(before.group, after)
  if (notices.length === 0) return before
  await tx.conversations.updateGroup(scope, conversationId, after)
  for (const notice of notices) await writeNotice(tx, scope, conversationId, memberId, notice, now)
  // what people call their groups is theirs, and no line for whoever reads the log
  const changes = changesIn(SETTINGS, before.group, after)
  if (anyOf(changes))
    await tx.activity.append(scope, { actor, action: 'group.changed', about: conversationId, changes })
  return recordGroup(tx, scope, conversationId)
}

function noticesOf(before: GroupRecord, after: GroupRecord): GivenNotice[] {
  const notices: GivenNotice[] = []
  if (after.name !== before.name) notices.push({ what: 'renamed', name: after.name })
  if (after.description !== before.description) notices.push({ what: 'described' })
  for (const name of SETTINGS) {
    if (after[name] !== before[name]) notices.push({ what: 'settings', setting: { name, on: after[name] } })
  }
  return notices
}
