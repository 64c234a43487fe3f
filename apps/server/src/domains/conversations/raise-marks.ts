import { markId } from '@parley/contracts/conversations/mark-id'
import { rangeAfter } from '@parley/contracts/conversations/purged-ranges'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberReader } from '../members/member-store.ts'
import { requireHistory } from './conversation-access.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { MarkRecord, Watermarks } from './conversation.ts'
import type { ConversationWriter, RaisedMark } from './conversation-store.ts'
import { isSeenHidden } from './hidden-seen.ts'
import { presentMark, presentShownMark } from './present-conversation.ts'
import { raiseReach } from './raise-reach.ts'

interface Tx {
  readonly organisations: OrganisationReader
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
  const hidden = await isSeenHidden(
    tx,
    scope,
    conversation?.kind === 'direct' ? conversation.memberIds : [memberId],
  )
  if (conversation?.kind === 'group') await raiseInGroup(tx, actor, raised, before, hidden)
  else if (hidden) await raiseUnseen(tx, actor, raised, before)
  else await raiseForBoth(tx, scope, raised)
}

/** Both of a direct conversation hear of it. */
async function raiseForBoth(tx: Tx, scope: OrgScope, raised: RaisedMark): Promise<void> {
  const { conversationId, memberId } = raised
  await tx.changes.appendWith(
    scope,
    { audience: ofConversation(conversationId), kind: 'mark', id: markId(conversationId, memberId) },
    async (seq) => presentShownMark(await tx.conversations.raiseMark(scope, { ...raised, seq })),
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

/** One of a direct conversation keeps to themselves what they read: so neither learns of the other more than what was delivered. */
async function raiseUnseen(tx: Tx, actor: Actor, raised: RaisedMark, before: MarkRecord): Promise<void> {
  const unseen = { ...raised, shown: before.shown }
  if (raised.delivered > before.delivered) await raiseForBoth(tx, actor.scope, unseen)
  else await tx.conversations.raiseMark(actor.scope, unseen)
  if (raised.seen > before.seen) await recordOwnMark(tx, actor, raised.conversationId)
}

/** In a group only the member's own devices hear of it; the others hear when the last of all is further (Y11). */
async function raiseInGroup(
  tx: Tx,
  actor: Actor,
  raised: RaisedMark,
  before: MarkRecord,
  hidden: boolean,
): Promise<void> {
  const { scope } = actor
  await tx.conversations.raiseMark(scope, hidden ? { ...raised, shown: before.shown } : raised)
  await recordOwnMark(tx, actor, raised.conversationId)
  if (!before.kept) await raiseReach(tx, scope, raised.conversationId, before)
}

/** The member's other devices learn how far they are. */
async function recordOwnMark(tx: Tx, { scope, memberId }: Actor, conversationId: string): Promise<void> {
  const mark = await tx.conversations.mark(scope, conversationId, memberId)
  if (!mark) return
  const id = markId(conversationId, memberId)
  await tx.changes.append(scope, { audience: ofMember(memberId), kind: 'mark', id, data: presentMark(mark) })
}
