import type { Conversation } from '@parley/contracts/conversations/conversation'
import type { Purge } from '@parley/contracts/conversations/purge'
import { markId } from '@parley/contracts/conversations/mark-id'
import type { Message } from '@parley/contracts/messages/message'
import type { Change, ChangeFor } from '@parley/contracts/sync/change'

export interface FakeMark {
  readonly delivered: number
  readonly seen: number
  readonly quiet: number
  readonly seq: number
}

export interface FakeMessage {
  /** Its place in the feed. */
  readonly seq: number
  message: Message
  /** What it was from which seq on, the newest last. */
  readonly versions: { readonly seq: number; readonly message: Message }[]
}

export interface Discussion {
  conversation: Conversation
  memberIds: string[]
  readonly messages: FakeMessage[]
  readonly marks: Map<string, FakeMark>
  /** From which number on members see; from the first where none is named. */
  readonly from: Map<string, number>
  /** Up to which number those who are gone may read. */
  readonly until: Map<string, number>
  reach: { readonly delivered: number; readonly seen: number }
  /** Everything up to this number is gone for good. */
  gone: number
  /** The numbers of other messages that are. */
  readonly purged: Set<number>
}

export const unmarked: FakeMark = { delivered: 0, seen: 0, quiet: 0, seq: 0 }

/** Whether the message with this number is there no more. */
export const isGone = ({ gone, purged }: Discussion, number: number): boolean =>
  number <= gone || purged.has(number)

/** Whether a message with this number is the member's to read. */
export const sees = (memberId: string, discussion: Discussion, number: number): boolean =>
  !isGone(discussion, number) &&
  number >= (discussion.from.get(memberId) ?? 1) &&
  number <= (discussion.until.get(memberId) ?? Infinity)

/** Whether a change is of a message that is not the member's to read, as from before they joined a group that hides its past. */
export function isHidden(
  { kind, data }: Change,
  memberId: string,
  discussions: ReadonlyMap<string, Discussion>,
): boolean {
  if ((kind !== 'message' && kind !== 'reaction') || data === null) return false
  const discussion = discussions.get(data.conversationId)
  return !discussion || !sees(memberId, discussion, data.number)
}

/** A message as a member may read it: who has left does not see what was edited afterwards. */
export function versionFor(memberId: string, { until, messages }: Discussion, message: FakeMessage) {
  const left = messages[(until.get(memberId) ?? Infinity) - 1]?.seq ?? Infinity
  return message.versions.findLast(({ seq }) => seq <= left) ?? message
}

/** How far everybody in a group is; the very same reach when it has not risen. */
export function reachOf({ conversation, memberIds, marks, reach }: Discussion): Discussion['reach'] {
  if (!conversation.group || memberIds.length < 2) return reach
  const all = memberIds.map((id) => marks.get(id) ?? unmarked)
  const delivered = Math.max(reach.delivered, Math.min(...all.map((mark) => mark.delivered)))
  const seen = Math.max(reach.seen, Math.min(...all.map((mark) => mark.seen)))
  return delivered === reach.delivered && seen === reach.seen ? reach : { delivered, seen }
}

export function messageChange({ seq, message }: Pick<FakeMessage, 'seq' | 'message'>, prev: number): Change {
  const audience = `conversation:${message.conversationId}`
  return { seq, audience, prev, kind: 'message', id: message.id, data: message }
}

export function markChange(
  conversationId: string,
  memberId: string,
  { delivered, seen, quiet, seq }: FakeMark,
  prev: number,
): ChangeFor<'mark'> {
  const data = { conversationId, memberId, delivered, seen, quiet }
  const audience = `conversation:${conversationId}`
  return { seq, audience, prev, kind: 'mark', id: markId(conversationId, memberId), data }
}

/** What is gone, as the server tells it. */
export function rangesOf({ gone, purged }: Discussion): Purge['ranges'] {
  const reason = { days: null, memberId: null }
  const ranges: Purge['ranges'] = []
  if (gone > 0) ranges.push({ from: 1, to: gone, why: 'retention', ...reason, days: 90 })
  for (const number of [...purged].sort((a, b) => a - b)) {
    const before = ranges.at(-1)
    if (number <= gone) continue
    if (before?.why === 'expired' && before.to + 1 === number)
      ranges[ranges.length - 1] = { ...before, to: number }
    else ranges.push({ from: number, to: number, why: 'expired', ...reason })
  }
  return ranges
}

/** What is gone of what somebody keeps who has left. */
export function keptRangesOf(memberId: string, discussion: Discussion): Purge['ranges'] {
  const [first, last] = [discussion.from.get(memberId) ?? 1, discussion.until.get(memberId) ?? 0]
  return rangesOf(discussion)
    .map((range) => ({ ...range, from: Math.max(range.from, first), to: Math.min(range.to, last) }))
    .filter(({ from, to }) => from <= to)
}

/** What is told of a group to somebody who keeps something of it. */
export const keptOf = (
  conversation: Conversation,
  last: Pick<FakeMessage, 'seq' | 'message'> | null,
): Conversation => ({
  ...conversation,
  memberIds: [],
  kept: { last },
  disappearing: { after: null },
})

/** When a message that is sent now disappears; nothing where it stays. */
export const endOf = ({ disappearing }: Conversation, { notice }: Pick<Message, 'notice'>, now: number) =>
  disappearing?.after && !notice ? { expiresAt: now + disappearing.after * 1_000 } : {}

/** What has become of a conversation that has just begun. */
export const untouched = () => ({
  messages: [],
  from: new Map<string, number>(),
  until: new Map<string, number>(),
  purged: new Set<number>(),
  reach: { delivered: 0, seen: 0 },
  gone: 0,
})

interface Asked {
  readonly before: number
  readonly from: number
  readonly limit: number
}

/** The messages of a page, and whether it reaches the first and the last that are the member's to see. */
export function pageOf(
  discussion: Discussion,
  memberId: string,
  cleared: number,
  { before, from, limit }: Asked,
) {
  const visible = discussion.messages.filter(
    ({ message: { number } }) => number > cleared && sees(memberId, discussion, number),
  )
  const asked = visible.filter(({ message: { number } }) => number < before && number >= from)
  const chosen = from > 0 ? asked.slice(0, limit) : asked.slice(-limit)
  return {
    chosen,
    reachedStart: chosen[0] === visible[0],
    reachedEnd: chosen.at(-1) === visible.at(-1),
  }
}
