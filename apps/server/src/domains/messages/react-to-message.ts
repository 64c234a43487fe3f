import { reactionId } from '@parley/contracts/messages/reaction-id'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { requireReadable } from '../conversations/conversation-access.ts'
import { requireMessage, type MessageAccessTx } from './message-access.ts'
import { isDeleted } from './message-rules.ts'
import { presentReaction, presentReactionChange } from './present-reaction.ts'
import type { ReactionWriter } from './reaction-store.ts'

export interface ReactTx extends MessageAccessTx {
  readonly reactions: ReactionWriter
  readonly changes: ChangeFeedWriter
}

/**
 * Says what the actor has to say to a message without words, in place of what they said before. The same once more changes nothing.
 * @returns the change that tells it
 * @throws DomainError not_found, no_longer_in_group, message_deleted
 */
export async function reactToMessage(
  tx: ReactTx,
  actor: Actor,
  { messageId, emojis }: { readonly messageId: string; readonly emojis: readonly string[] },
  now: number,
): Promise<ChangeFor<'reaction'>> {
  const { scope, memberId } = actor
  const message = await requireMessage(tx, actor, messageId, now)
  const { conversationId, number } = message
  await requireReadable(tx.conversations, actor, conversationId)
  if (isDeleted(message)) throw new DomainError('message_deleted')
  const before = await tx.reactions.get(scope, messageId, memberId)
  if (before && before.emojis.join(' ') === emojis.join(' ')) return presentReactionChange(before)
  const reaction = { conversationId, messageId, number, memberId, emojis, at: now }
  const change = await tx.changes.append(scope, {
    audience: ofConversation(conversationId),
    kind: 'reaction',
    id: reactionId(messageId, memberId),
    data: presentReaction({ ...reaction, seq: 0 }),
  })
  await tx.reactions.put(scope, { ...reaction, seq: change.seq })
  return change as ChangeFor<'reaction'>
}
