import type { Reaction } from '@parley/contracts/messages/reaction'
import { reactionId } from '@parley/contracts/messages/reaction-id'
import type { ChangeFor } from '@parley/contracts/sync/change'
import { ofConversation } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ReactionReader } from './reaction-store.ts'
import type { ReactionRecord } from './reaction.ts'

export const presentReaction = (reaction: ReactionRecord): Reaction => ({
  conversationId: reaction.conversationId,
  messageId: reaction.messageId,
  number: reaction.number,
  memberId: reaction.memberId,
  emojis: [...reaction.emojis],
  at: reaction.at,
})

/** A stored reaction as the change that told it. */
export const presentReactionChange = (reaction: ReactionRecord): ChangeFor<'reaction'> => ({
  seq: reaction.seq,
  audience: ofConversation(reaction.conversationId),
  prev: 0,
  kind: 'reaction',
  id: reactionId(reaction.messageId, reaction.memberId),
  data: presentReaction(reaction),
})

/** What was said to these messages without words, for who gets them as they are now. */
export async function reactionChangesTo(
  reactions: ReactionReader,
  scope: OrgScope,
  messages: readonly { readonly id: string }[],
): Promise<ChangeFor<'reaction'>[]> {
  const found = await reactions.to(
    scope,
    messages.map(({ id }) => id),
  )
  return found.filter(({ emojis }) => emojis.length > 0).map(presentReactionChange)
}
