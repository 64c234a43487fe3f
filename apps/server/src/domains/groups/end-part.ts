import type { OrgScope } from '../../kernel/org-scope.ts'
import { forgetChatPreference } from '../chat-preferences/forget-chat-preference.ts'
import type { ConversationRecord, GroupConversation } from '../conversations/conversation.ts'
import { raiseReach } from '../conversations/raise-reach.ts'
import type { MessageRecord } from '../messages/message.ts'
import { forgetNotesIn } from '../messages/note-message.ts'
import { recordAccess, recordGroup, recordKept, type GroupTx } from './record-group.ts'

interface Ending {
  readonly memberId: string
  /** The line in the chat that says so: the last that they may keep. */
  readonly notice: MessageRecord
  readonly keepsHistory: boolean
}

/** Ends a member's part in a group: nothing that follows reaches them (Y9), and what they keep is theirs alone. */
export async function endPart(
  tx: GroupTx,
  scope: OrgScope,
  { id, group }: GroupConversation,
  { memberId, notice, keepsHistory }: Ending,
): Promise<ConversationRecord> {
  const { name } = group
  const adminIds = group.adminIds.filter((adminId) => adminId !== memberId)
  if (adminIds.length !== group.adminIds.length) await tx.conversations.updateGroup(scope, id, { adminIds })
  const kept = keepsHistory ? { until: notice.number, name } : null
  await tx.conversations.removeParticipant(scope, id, memberId, kept)
  const after = await recordGroup(tx, scope, id)
  await recordAccess(tx, scope, memberId, id, 'lost')
  if (kept) await recordKept(tx, scope, memberId, after, { name, last: notice })
  else {
    await forgetChatPreference(tx, scope, memberId, id)
    await forgetNotesIn(tx, scope, memberId, id)
  }
  await raiseReach(tx, scope, id)
  return after
}
