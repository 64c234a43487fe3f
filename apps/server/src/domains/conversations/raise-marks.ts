import { markId } from '@parley/contracts/conversations/conversation'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { requireReadable } from './conversation-access.ts'
import type { ConversationWriter } from './conversation-store.ts'
import { presentMark } from './present-conversation.ts'

interface Tx {
  readonly conversations: ConversationWriter
  readonly changes: ChangeFeedWriter
}

export interface GivenMark {
  readonly conversationId: string
  readonly delivered: number
  readonly seen: number
}

/**
 * Raises the actor's marks (Y11). Numbers beyond the newest message count as the newest; lower ones change nothing and cost no
 * change. @throws DomainError not_found
 */
export async function raiseMarks(tx: Tx, actor: Actor, marks: readonly GivenMark[]): Promise<void> {
  for (const given of marks) await raiseMark(tx, actor, given)
}

async function raiseMark(tx: Tx, actor: Actor, given: GivenMark): Promise<void> {
  const { scope, memberId } = actor
  const { conversationId } = given
  await requireReadable(tx.conversations, actor, conversationId)
  const last = await tx.conversations.lastNumber(scope, conversationId)
  const seen = Math.min(given.seen, last)
  const delivered = Math.max(seen, Math.min(given.delivered, last))
  const before = await tx.conversations.mark(scope, conversationId, memberId)
  if (before && before.delivered >= delivered && before.seen >= seen) return
  await tx.changes.appendWith(
    scope,
    { audience: ofConversation(conversationId), kind: 'mark', id: markId(conversationId, memberId) },
    async (seq) =>
      presentMark(
        await tx.conversations.raiseMark(scope, { conversationId, memberId, delivered, seen, seq }),
      ),
  )
}
