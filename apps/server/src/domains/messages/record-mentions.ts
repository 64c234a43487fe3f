import { markId } from '@parley/contracts/conversations/mark-id'
import { MENTIONS_TOLD_MAX, type Mentions } from '@parley/contracts/messages/mentions'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MessageWriter } from './message-store.ts'
import { mentionedIn } from './present-mentioned.ts'

export interface MentionTx {
  readonly messages: MessageWriter
  readonly conversations: ConversationReader
  readonly changes: ChangeFeedWriter
}

interface Place {
  readonly conversationId: string
  readonly number: number
  readonly senderId: string
}

/**
 * Takes down whom a message mentions, and tells those for whom that is another than before. Each named member hears of their own
 * mentions; of those of everybody the group hears once, whatever its size. Who wrote it is not called by it. For who has left and keeps
 * it nothing changes (Y9), until they are back.
 */
export async function recordMentions(
  tx: MentionTx,
  scope: OrgScope,
  { conversationId, number, senderId }: Place,
  before: Mentions | undefined,
  after: Mentions | undefined,
): Promise<void> {
  const then = calledBy(before, senderId)
  const now = calledBy(after, senderId)
  for (const memberId of now) {
    if (then.has(memberId)) continue
    await tx.messages.addMention(scope, conversationId, memberId, number)
    await recordMentioned(tx, scope, conversationId, memberId)
  }
  for (const memberId of then) {
    if (now.has(memberId) || (await keepsIt(tx, scope, conversationId, memberId))) continue
    await tx.messages.removeMention(scope, conversationId, memberId, number)
    await recordMentioned(tx, scope, conversationId, memberId)
  }
}

/** Whether somebody has left, and keeps what was there. */
const keepsIt = async (
  { conversations }: Pick<MentionTx, 'conversations'>,
  scope: OrgScope,
  conversationId: string,
  memberId: string | null,
): Promise<boolean> =>
  memberId !== null && Boolean((await conversations.mark(scope, conversationId, memberId))?.kept)

/** Who is back in a group is called by what its messages say now. */
export async function renewMentions(
  { messages }: Pick<MentionTx, 'messages'>,
  scope: OrgScope,
  conversationId: string,
  memberId: string,
): Promise<void> {
  for (const number of await messages.mentions(scope, conversationId, memberId, MENTIONS_TOLD_MAX)) {
    const [message] = await messages.page(scope, conversationId, {
      from: number,
      before: number + 1,
      limit: 1,
    })
    if (!message?.extras?.mentions?.memberIds.includes(memberId))
      await messages.removeMention(scope, conversationId, memberId, number)
  }
}

/** null stands for everybody. */
function calledBy(mentions: Mentions | undefined, senderId: string): ReadonlySet<string | null> {
  const called = new Set<string | null>(mentions?.memberIds)
  called.delete(senderId)
  if (mentions?.all) called.add(null)
  return called
}

/** Tells where somebody, or everybody (null), is mentioned now. Who has nothing to do with the group any more is told nothing (Y9). */
export async function recordMentioned(
  tx: Omit<MentionTx, 'messages'> & { readonly messages: Pick<MessageWriter, 'mentions'> },
  scope: OrgScope,
  conversationId: string,
  memberId: string | null,
): Promise<void> {
  const data = await mentionedIn(tx, scope, conversationId, memberId)
  if (!data) return
  await tx.changes.append(scope, {
    audience: memberId === null ? ofConversation(conversationId) : ofMember(memberId),
    kind: 'mentioned',
    id: memberId === null ? conversationId : markId(conversationId, memberId),
    data,
  })
}
