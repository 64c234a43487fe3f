import { ofConversation } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberReader } from '../members/member-store.ts'
import { leastOf, type Watermarks } from './conversation.ts'
import type { ConversationWriter } from './conversation-store.ts'
import { presentReach } from './present-conversation.ts'

export interface ReachTx {
  readonly conversations: ConversationWriter
  readonly members: MemberReader
  readonly changes: ChangeFeedWriter
}

/**
 * Tells a group how far all of its participants are, when that has risen. Whose access is switched off holds nobody back.
 * @param before the mark that was raised as it was before: unless it was among the last, nothing can have changed. Left out when
 * something else may have: somebody has gone, or come back.
 */
export async function raiseReach(
  tx: ReachTx,
  scope: OrgScope,
  conversationId: string,
  before?: Watermarks,
): Promise<void> {
  const told = await tx.conversations.reach(scope, conversationId)
  if (before && before.delivered > told.delivered && before.seen > told.seen) return
  const away = new Set<string>()
  for (const { id, state } of await tx.members.list(scope)) if (state !== 'active') away.add(id)
  const marks = await tx.conversations.participants(scope, conversationId)
  const least = leastOf(away.size === 0 ? marks : marks.filter(({ memberId }) => !away.has(memberId)))
  if (least.delivered <= told.delivered && least.seen <= told.seen) return
  const reach = {
    delivered: Math.max(told.delivered, least.delivered),
    seen: Math.max(told.seen, least.seen),
  }
  await tx.conversations.setReach(scope, conversationId, reach)
  await tx.changes.append(scope, {
    audience: ofConversation(conversationId),
    kind: 'reach',
    id: conversationId,
    data: presentReach(conversationId, reach),
  })
}
