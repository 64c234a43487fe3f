import { isDeepStrictEqual } from 'node:util'
import { markId } from '@parley/contracts/conversations/mark-id'
import { rangeAfter } from '@parley/contracts/conversations/purged-ranges'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationRecord, MarkRecord, PurgedRangeRecord } from '../conversations/conversation.ts'
import {
  presentKeptPurge,
  presentMark,
  presentPurge,
  presentShownMark,
} from '../conversations/present-conversation.ts'
import { raiseReach } from '../conversations/raise-reach.ts'
import { recordKept } from '../groups/record-group.ts'
import type { GroupTx } from '../groups/record-group.ts'
import { messagesAsKept } from '../messages/message-as-kept.ts'
import type { MessageRecord } from '../messages/message.ts'
import { reviseMessage } from '../messages/revise-message.ts'
import { withPurged, type PurgeReason } from './purged-ranges.ts'

/** What else hangs on messages and goes with them: each domain forgets its own, within the same transaction. */
export type ForgetMessages<Tx> = (
  tx: Tx,
  scope: OrgScope,
  messages: readonly MessageRecord[],
) => Promise<void>

/**
 * Deletes messages for good: rows, what they said before, and whatever hangs on them. Numbers stay as they were given (Y7). Everybody who may see the
 * conversation, or keeps something of it, is told which numbers are gone, in one small change however many they are.
 * @param messages of one conversation, in the order of numbers; a few hundred at most
 */
export async function purgeMessages<Tx extends GroupTx>(
  tx: Tx,
  scope: OrgScope,
  messages: readonly MessageRecord[],
  reason: PurgeReason,
  { forget, now }: { readonly forget: readonly ForgetMessages<Tx>[]; readonly now: number },
): Promise<void> {
  const conversationId = messages[0]?.conversationId ?? ''
  const conversation = await tx.conversations.get(scope, conversationId)
  if (!conversation) return
  const newestBefore = await newestOf(tx, scope, conversationId)
  const rangesBefore = await tx.conversations.purged(scope, conversationId)
  const ranges = withPurged(rangesBefore, messages, reason)
  await tx.conversations.setPurged(scope, conversationId, ranges)
  const target = { audience: ofConversation(conversationId), kind: 'purge', id: conversationId } as const
  await tx.changes.append(scope, { ...target, data: presentPurge(conversationId, ranges) })
  for (const forgetTheirs of forget) await forgetTheirs(tx, scope, messages)
  await tx.messages.remove(scope, conversationId, messages)
  await tellThoseWhoLeft(tx, scope, conversation, rangesBefore, ranges)
  await forgetRevisions(tx, scope, messages)
  await tellNewest(tx, scope, conversationId, newestBefore)
  await readOver(tx, scope, conversation, ranges, now)
  await tellSenders(tx, scope, conversation.kind, messages, now)
}

async function newestOf(tx: GroupTx, scope: OrgScope, conversationId: string) {
  return (await tx.messages.newestOf(scope, [conversationId]))[0]
}

/** Of what goes on after they left nothing reaches them (Y9): only who keeps less than before hears of it. */
async function tellThoseWhoLeft(
  tx: GroupTx,
  scope: OrgScope,
  conversation: ConversationRecord,
  before: readonly PurgedRangeRecord[],
  after: readonly PurgedRangeRecord[],
): Promise<void> {
  const { id } = conversation
  for (const mark of await tx.conversations.formerParticipants(scope, id)) {
    const { memberId, kept, from } = mark
    if (!kept || isDeepStrictEqual(presentKeptPurge(mark, before), presentKeptPurge(mark, after))) continue
    const range = { before: kept.until + 1, from, limit: 1 }
    const stored = await tx.messages.page(scope, id, range)
    const [last = null] = await messagesAsKept(tx.messages, scope, stored, kept.until)
    await recordKept(tx, scope, memberId, conversation, { name: kept.name, last })
  }
}

/** Edits and deletions were told by entries of their own; without the message there is nothing to tell. */
async function forgetRevisions(tx: GroupTx, scope: OrgScope, messages: readonly MessageRecord[]) {
  for (const { id, conversationId, revisedSeq } of messages) {
    if (revisedSeq === undefined) continue
    const audience = ofConversation(conversationId)
    await tx.changes.append(scope, { audience, kind: 'message', id, data: null })
  }
}

/** Where the newest message went and others stay, the newest of those is told again: a device may not hold it. */
async function tellNewest(
  tx: GroupTx,
  scope: OrgScope,
  conversationId: string,
  before: MessageRecord | undefined,
): Promise<void> {
  const newest = await newestOf(tx, scope, conversationId)
  if (!newest || newest.number === before?.number) return
  await reviseMessage(tx, scope, newest, { text: newest.text, extras: newest.extras ?? {} })
}

/** What is gone is unread by nobody (Y12). */
async function readOver(
  tx: GroupTx,
  scope: OrgScope,
  { id, kind }: ConversationRecord,
  ranges: readonly PurgedRangeRecord[],
  now: number,
): Promise<void> {
  const marks = await tx.conversations.participants(scope, id)
  const kept = await tx.conversations.formerParticipants(scope, id)
  let rose = false
  for (const mark of [...marks, ...kept]) {
    const gone = rangeAfter(ranges, Math.max(mark.seen, mark.from - 1))
    const seen = Math.min(gone?.to ?? 0, mark.kept?.until ?? Infinity)
    if (!gone || seen <= mark.seen) continue
    await raise(tx, scope, kind, mark, { seen, quiet: gone.quiet, now })
    rose = true
  }
  if (rose && kind === 'group') await raiseReach(tx, scope, id)
}

/**
 * Sending raised its sender's mark without a change of its own, since the message tells of it (Y12). Whoever had not heard of the message
 * hears of the mark now: in a direct conversation both, in a group the sender's own devices.
 */
async function tellSenders(
  tx: GroupTx,
  scope: OrgScope,
  kind: ConversationRecord['kind'],
  messages: readonly MessageRecord[],
  now: number,
) {
  for (const memberId of new Set(messages.map(({ senderId }) => senderId))) {
    const mark = await tx.conversations.mark(scope, messages[0]?.conversationId ?? '', memberId)
    const newest = messages.findLast(({ senderId }) => senderId === memberId)
    if (!mark || !newest) continue
    // in a group a mark that is further was told when it was read up to there, or is told by a later message
    const isTold = kind === 'group' ? mark.seen !== newest.number : mark.seq > newest.seq
    if (!isTold) await raise(tx, scope, kind, mark, { seen: mark.seen, quiet: mark.quiet, now })
  }
}

/** @param mark as it stands; of what it hides from the others nothing is told to them by what is gone */
async function raise(
  tx: GroupTx,
  scope: OrgScope,
  kind: ConversationRecord['kind'],
  mark: MarkRecord,
  { seen, quiet, now: at }: { readonly seen: number; readonly quiet: number; readonly now: number },
): Promise<void> {
  const { conversationId, memberId } = mark
  const delivered = Math.max(mark.delivered, seen)
  const shown = mark.shown < mark.seen ? mark.shown : seen
  const raised = { conversationId, memberId, delivered, seen, quiet, shown, at }
  const id = markId(conversationId, memberId)
  const own = { audience: ofMember(memberId), kind: 'mark', id } as const
  if (kind === 'group') {
    const data = presentMark(await tx.conversations.raiseMark(scope, raised))
    await tx.changes.append(scope, { ...own, data })
    return
  }
  await tx.changes.appendWith(
    scope,
    { audience: ofConversation(conversationId), kind: 'mark', id },
    async (seq) => presentShownMark(await tx.conversations.raiseMark(scope, { ...raised, seq })),
  )
  if (shown === seen) return
  const present = await tx.conversations.mark(scope, conversationId, memberId)
  if (present) await tx.changes.append(scope, { ...own, data: presentMark(present) })
}
