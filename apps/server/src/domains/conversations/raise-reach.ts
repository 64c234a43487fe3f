import { ofConversation } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { leastOf, type MarkRecord } from './conversation.ts'
import type { ConversationWriter } from './conversation-store.ts'
import { seenHiders } from './hidden-seen.ts'
import { presentReach } from './present-conversation.ts'

export interface ReachTx {
  readonly organisations: OrganisationReader
  readonly conversations: ConversationWriter
  readonly members: MemberReader
  readonly changes: ChangeFeedWriter
}

/**
 * Tells a group how far all of its participants are, when that has risen. Whose access is switched off holds nobody back, and who
 * keeps to themselves what they have read is not counted among those who have.
 * @param before the mark that was raised as it was before: unless it was among the last, nothing can have changed. Left out when
 * something else may have: somebody has gone, or come back.
 */
export async function raiseReach(
  tx: ReachTx,
  scope: OrgScope,
  conversationId: string,
  before?: MarkRecord,
): Promise<void> {
  const told = await tx.conversations.reach(scope, conversationId)
  if (before && before.delivered > told.delivered && before.shown > told.seen) return
  const hides = await seenHiders(tx, scope)
  const away = new Set<string>()
  const hiding = new Set<string>()
  for (const member of await tx.members.list(scope)) {
    if (member.state !== 'active') away.add(member.id)
    if (hides(member)) hiding.add(member.id)
  }
  const present = (await tx.conversations.participants(scope, conversationId)).filter(
    ({ memberId }) => !away.has(memberId),
  )
  const least = leastOf(
    present.map(({ memberId, delivered, shown }) => ({
      delivered,
      seen: hiding.has(memberId) ? null : shown,
    })),
  )
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
