import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageRecord } from './message.ts'
import { recordMentioned, type MentionTx } from './record-mentions.ts'

/** Messages of one conversation go for good: whom they mention is mentioned there no longer, and told so once. */
export async function forgetMentions(
  tx: MentionTx,
  scope: OrgScope,
  messages: readonly MessageRecord[],
): Promise<void> {
  const called = new Set<string | null>()
  for (const { conversationId, number, senderId, extras } of messages) {
    const { memberIds = [], all = false } = extras?.mentions ?? {}
    for (const memberId of [...memberIds, ...(all ? [null] : [])]) {
      if (memberId === senderId) continue
      await tx.messages.removeMention(scope, conversationId, memberId, number)
      called.add(memberId)
    }
  }
  const conversationId = messages[0]?.conversationId ?? ''
  for (const memberId of called) await recordMentioned(tx, scope, conversationId, memberId)
}
