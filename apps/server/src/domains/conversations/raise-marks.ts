import { markId } from '@parley/contracts/conversations/mark-id'
import { rangeAfter } from '@parley/contracts/conversations/purged-ranges'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberReader } from '../members/member-store.ts'
import { requireHistory } from './conversation-access.ts'
import type { MarkRecord, Watermarks } from './conversation.ts'
import type { ConversationWriter } from './conversation-store.ts'
import { presentMark } from './present-conversation.ts'
import { raiseReach } from './raise-reach.ts'

interface Tx {
  readonly conversations: ConversationWriter
  readonly members: MemberReader
  readonly changes: ChangeFeedWriter
}

export interface GivenMark extends Watermarks {
  readonly conversationId: string
}

/**
 * Raises the actor's marks (Y11). Numbers beyond the newest message count as the newest; lower ones change nothing and cost no
 * change. @throws DomainError not_found
 */
export async function raiseMarks(
  tx: Tx,
  actor: Actor,
  marks: readonly GivenMark[],
  now: number,
): Promise<void> {
  for (const given of marks) await raiseMark(tx, actor, given, now)
}

async function raiseMark(tx: Tx, actor: Actor, given: GivenMark, at: number): Promise<void> {
  const { scope, memberId } = actor
  const { conversationId } = given
  const { mark: before, until } = await requireHistory(tx.conversations, actor, conversationId)
  const last = Math.min(until, await tx.conversations.lastNumber(scope, conversationId))
  const read = await readUpTo(tx.conversations, scope, conversationId, Math.min(given.seen, last))
  const seen = Math.min(read.seen, last)
  const delivered = Math.max(seen, Math.min(given.delivered, last))
  if (before.delivered >= delivered && before.seen >= seen) return
  const quiet = seen > before.seen ? read.quiet : 0
  const raised = { conversationId, memberId, delivered, seen, quiet, at }
  const conversation = await tx.conversations.get(scope, conversationId)
  if (conversation?.kind === 'group') return raiseInGroup(tx, actor, raised, before)
  await tx.changes.appendWith(
    scope,
    { audience: ofConversation(conversationId), kind: 'mark', id: markId(conversationId, memberId) },
    async (seq) => presentMark(await tx.conversations.raiseMark(scope, { ...raised, seq })),
  )
}

/** A number that was read, with the system lines up to it. Whatever follows it and is gone counts as read: nobody can read it any more. */
async function readUpTo(
  conversations: ConversationWriter,
  scope: OrgScope,
  conversationId: string,
  number: number,
): Promise<{ readonly seen: number; readonly quiet: number }> {
  const gone = rangeAfter(await conversations.purged(scope, conversationId), number)
  if (gone) return { seen: gone.to, quiet: gone.quiet }
  return { seen: number, quiet: await conversations.quietUpTo(scope, conversationId, number) }
}

/** In a group only the member's own devices hear of it; the others hear when the last of all is further (Y11). */
async function raiseInGroup(
  tx: Tx,
  { scope, memberId }: Actor,
  raised: Parameters<ConversationWriter['raiseMark']>[1],
  before: MarkRecord,
): Promise<void> {
  const mark = await tx.conversations.raiseMark(scope, raised)
  const { conversationId } = mark
  const id = markId(conversationId, memberId)
  await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'mark',
    id,
    data: presentMark(mark),
  })
  if (!before.kept) await raiseReach(tx, scope, conversationId, before)
}
