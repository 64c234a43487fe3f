import type { Mark } from '@parley/contracts/conversations/conversation'
import type { Purge } from '@parley/contracts/conversations/purge'
import { purgedFromStart, rangeOf } from '@parley/contracts/conversations/purged-ranges'
import { markId } from '@parley/contracts/conversations/mark-id'
import type { Audience, Change, ChangeFor } from '@parley/contracts/sync/change'
import { isBehind, mergeMarks } from '../conversations/merge-marks.ts'
import type { MessageRecord, StoreBatch, StoreOp, WindowRecord } from '../local-store/local-store.ts'
import { mergeRecords, withReaction } from '../messages/merge-record.ts'
import { messageAt } from '../messages/message-window.ts'
import { emptyAnswers } from '../messages/without-over-quote.ts'
import { blanked, clearedMessageOps, clearedUpTo, clearingOps, leavingBlankOps } from './clearing.ts'
import {
  purgedIn,
  dataOf,
  isGroup,
  lastNumberOf,
  outboxEntry,
  recordsOf,
  type ReplicaState,
} from './replica-state.ts'

/**
 * What a change does to what is held: the one function for live, caught-up and loaded changes. Repeats and older changes
 * give an empty batch (Y4). It changes nothing itself.
 */
export function applyChange(state: ReplicaState, change: Change): StoreBatch {
  if (change.kind === 'message') return applyMessage(state, change)
  if (change.kind === 'mark') return applyMark(state, change)
  if (change.kind === 'conversation') return applyConversation(state, change)
  if (change.kind === 'reaction') return applyReaction(state, change)
  if (change.kind === 'purge') return applyPurge(state, change)
  const held = state.records[change.kind].get(change.id)
  if (held && held.seq >= change.seq) return []
  // Gone from one audience does not undo what another audience shows.
  if (held && change.data === null && held.audience !== change.audience) return []
  const { kind, id, seq, data } = change
  const put: StoreOp = { op: 'put-record', record: { kind, id, seq, data, audience: audienceOf(change) } }
  if (kind === 'chat-preference') return [put, ...clearingOps(state, id, data?.cleared?.number ?? 0)]
  return [put]
}

/** A group that one has left comes with the last message that is kept of it, and goes with all that was. */
function applyConversation(state: ReplicaState, change: ChangeFor<'conversation'>): StoreBatch {
  const { id, seq, data } = change
  const held = recordsOf(state, 'conversation').get(id)
  if (held && (held.seq >= seq || (data === null && held.audience !== change.audience))) return []
  const record = { kind: 'conversation', id, seq, data, audience: audienceOf(change) } as const
  const ops: StoreOp[] = [{ op: 'put-record', record }]
  if (data?.kept) {
    const cleared = clearedUpTo(state, id)
    const { last: kept } = data.kept
    const last = kept && kept.message.number <= cleared ? blanked(kept) : kept
    ops.push({ op: 'open-window', window: { conversationId: id, from: last?.message.number ?? 1, last } })
  } else if (data === null && held?.data?.kept) ops.push({ op: 'forget-conversation', conversationId: id })
  return ops
}

const audienceOf = (change: Change): Audience => change.audience as Audience

function applyMark(state: ReplicaState, change: ChangeFor<'mark'>): StoreBatch {
  const held = recordsOf(state, 'mark').get(change.id)
  const { data } = change
  if (held && (data === null || held.data === null) && held.seq >= change.seq) return []
  if (held?.data && data && isBehind(data, held.data)) return []
  // from before the conversation was lost: it must not come back
  if (wasLostAfter(state, change)) return []
  const of = { seq: Math.max(held?.seq ?? 0, change.seq), audience: change.audience }
  return [putMark(change.id, of, merged(held?.data, data))]
}

const putMark = (id: string, of: { seq: number; audience: string }, data: Mark | null): StoreOp => ({
  op: 'put-record',
  record: { kind: 'mark', id, seq: of.seq, audience: of.audience as Audience, data },
})

const merged = (held: Mark | null | undefined, data: Mark | null): Mark | null =>
  held && data ? mergeMarks(held, data) : data

function wasLostAfter(state: ReplicaState, { id, seq }: ChangeFor<'mark'>): boolean {
  const access = recordsOf(state, 'access').get(`conversation:${id.slice(0, id.indexOf(':'))}`)
  return access?.data?.state === 'lost' && access.seq > seq
}

/** Messages that are gone for good, by their numbers. */
function applyPurge(state: ReplicaState, change: ChangeFor<'purge'>): StoreBatch {
  const { id, seq, data } = change
  const held = recordsOf(state, 'purge').get(id)
  if (held && (held.seq >= seq || (data === null && held.audience !== change.audience))) return []
  const ops: StoreOp[] = [
    { op: 'put-record', record: { kind: 'purge', id, seq, data, audience: audienceOf(change) } },
  ]
  const ranges = data?.ranges ?? []
  const window = windowWithout(state, id, ranges)
  for (const { from, to } of ranges) {
    const known = held?.data?.ranges.some((range) => range.from <= from && range.to >= to)
    if (!known) ops.push({ op: 'forget-range', conversationId: id, from, to, window })
  }
  ops.push(...emptyAnswers(state.outbox.get(id), ({ number }) => rangeOf(ranges, number) !== undefined))
  return ops
}

/** Where a window begins and ends without these messages; it begins with the first where nothing older is left. */
function windowWithout(
  state: ReplicaState,
  conversationId: string,
  ranges: Purge['ranges'],
): WindowRecord | null {
  const window = state.windows.get(conversationId)
  if (!window) return null
  const isLeft = ({ message }: MessageRecord) => !rangeOf(ranges, message.number)
  const from = window.from <= purgedFromStart(ranges) + 1 ? 1 : window.from
  const last = window.last && isLeft(window.last) ? window.last : (window.messages.findLast(isLeft) ?? null)
  return { conversationId, from, last }
}

function applyMessage(state: ReplicaState, change: ChangeFor<'message'>): StoreBatch {
  const { data } = change
  if (data === null) return forgetMessage(state, change)
  const heard: MessageRecord = { seq: change.seq, message: data }
  const { conversationId } = data
  // it was on its way while it was deleted for good
  const isGone = rangeOf(purgedIn(state, conversationId), data.number) !== undefined
  const window = state.windows.get(conversationId)
  const from = window?.from ?? data.number
  const cleared = clearedUpTo(state, conversationId)
  const ops: StoreOp[] = []
  const held = window && messageAt(window, data.number)
  // what was said to it stays with it
  const record = mergeRecords(held, heard)
  if (!isGone && data.number <= cleared) ops.push(...clearedMessageOps(state, record, cleared))
  else if (!isGone && data.number < from) ops.push({ op: 'put-message', record, newest: null, passing: true })
  else if (!isGone && !(held && held.seq >= change.seq)) {
    const newest = data.number >= lastNumberOf(state, conversationId) ? { from } : null
    ops.push({ op: 'put-message', record, newest }, ...leavingBlankOps(state, record, cleared))
  }
  ops.push(...raiseSender(state, change, data))
  if (outboxEntry(state, conversationId, data.id))
    ops.push({ op: 'forget-outbox', id: data.id, conversationId })
  if (data.deletedAt !== undefined)
    ops.push(...emptyAnswers(state.outbox.get(conversationId), ({ id }) => id === data.id))
  return ops
}

/**
 * Sending raises the sender's own marks, on the server without a change of its own (Y12). Of others' marks in a group nothing is
 * held: what its ticks need is its reach.
 */
function raiseSender(
  state: ReplicaState,
  change: ChangeFor<'message'>,
  data: MessageRecord['message'],
): StoreOp[] {
  const { conversationId, senderId: memberId, number, quiet } = data
  // what was imported was not written here, and moves nobody's marks
  if (data.imported) return []
  const inGroup = isGroup(state, conversationId)
  if (inGroup && memberId !== state.meta.session?.memberId) return []
  const id = markId(conversationId, memberId)
  const held = dataOf(state, 'mark', id)
  const mark = { conversationId, memberId, delivered: number, seen: number, quiet }
  if (held && isBehind(mark, held)) return []
  const seq = recordsOf(state, 'mark').get(id)?.seq ?? 0
  const audience = inGroup ? `member:${memberId}` : change.audience
  return [putMark(id, { seq, audience }, merged(held, mark))]
}

/** What somebody says to a message without words; of messages that are not known here it is told with their page. */
function applyReaction(state: ReplicaState, change: ChangeFor<'reaction'>): StoreBatch {
  const { seq, data } = change
  if (data === null) return []
  const { conversationId, number, memberId, emojis } = data
  const window = state.windows.get(conversationId)
  if (!window || number > lastNumberOf(state, conversationId)) return []
  if (number <= clearedUpTo(state, conversationId)) return []
  const held = messageAt(window, number)
  const said = { seq, emojis }
  if (held && withReaction(held, memberId, said) === held) return []
  const passing = number < window.from && { passing: true as const }
  return [{ op: 'put-reaction', conversationId, number, memberId, said, ...passing }]
}

function forgetMessage(state: ReplicaState, change: ChangeFor<'message'>): StoreBatch {
  const conversationId = change.audience.slice('conversation:'.length)
  const window = state.windows.get(conversationId)
  const held = window?.messages.find(({ message }) => message.id === change.id)
  if (!window || !held || held.seq >= change.seq) return []
  const { number } = held.message
  const left = window.messages.filter((record) => record !== held)
  const last = window.last?.message.number === number ? (left.at(-1) ?? null) : window.last
  return [
    { op: 'forget-message', conversationId, number },
    { op: 'put-page', window: { conversationId, from: window.from, last }, records: [] },
  ]
}
