import { markId, type Mark } from '@parley/contracts/conversations/conversation'
import type { Audience, Change, ChangeFor } from '@parley/contracts/sync/change'
import type { MessageRecord, StoreBatch, StoreOp } from '../local-store/local-store.ts'
import { messageAt } from '../messages/message-window.ts'
import { dataOf, lastNumberOf, outboxEntry, recordsOf, type ReplicaState } from './replica-state.ts'

/**
 * What a change does to what is held: the one function for live, caught-up and loaded changes. Repeats and older changes
 * give an empty batch (Y4). It changes nothing itself.
 */
export function applyChange(state: ReplicaState, change: Change): StoreBatch {
  if (change.kind === 'message') return applyMessage(state, change)
  if (change.kind === 'mark') return applyMark(state, change)
  const held = state.records[change.kind].get(change.id)
  if (held && held.seq >= change.seq) return []
  // Gone from one audience does not undo what another audience shows.
  if (held && change.data === null && held.audience !== change.audience) return []
  const { kind, id, seq, data } = change
  return [{ op: 'put-record', record: { kind, id, seq, data, audience: audienceOf(change) } }]
}

const audienceOf = (change: Change): Audience => change.audience as Audience

function applyMark(state: ReplicaState, change: ChangeFor<'mark'>): StoreBatch {
  const held = recordsOf(state, 'mark').get(change.id)
  const { data } = change
  if (held && (data === null || held.data === null) && held.seq >= change.seq) return []
  if (held?.data && data && held.data.delivered >= data.delivered && held.data.seen >= data.seen) return []
  const of = { seq: Math.max(held?.seq ?? 0, change.seq), audience: change.audience }
  return [putMark(change.id, of, merged(held?.data, data))]
}

const putMark = (id: string, of: { seq: number; audience: string }, data: Mark | null): StoreOp => ({
  op: 'put-record',
  record: { kind: 'mark', id, seq: of.seq, audience: of.audience as Audience, data },
})

const merged = (held: Mark | null | undefined, data: Mark | null): Mark | null =>
  held && data
    ? { ...data, delivered: Math.max(held.delivered, data.delivered), seen: Math.max(held.seen, data.seen) }
    : data

function applyMessage(state: ReplicaState, change: ChangeFor<'message'>): StoreBatch {
  const { data } = change
  if (data === null) return forgetMessage(state, change)
  const record: MessageRecord = { seq: change.seq, message: data }
  const { conversationId } = data
  const window = state.windows.get(conversationId)
  const from = window?.from ?? data.number
  const ops: StoreOp[] = []
  const held = window && messageAt(window, data.number)
  if (data.number >= from && !(held && held.seq >= change.seq)) {
    const newest = data.number >= lastNumberOf(state, conversationId) ? { from } : null
    ops.push({ op: 'put-message', record, newest })
  }
  ops.push(...raiseSender(state, change, data))
  if (outboxEntry(state, conversationId, data.id))
    ops.push({ op: 'forget-outbox', id: data.id, conversationId })
  return ops
}

/** Sending raises the sender's own marks, on the server without a change of its own (Y12). */
function raiseSender(
  state: ReplicaState,
  change: ChangeFor<'message'>,
  data: MessageRecord['message'],
): StoreOp[] {
  const { conversationId, senderId: memberId, number } = data
  const id = markId(conversationId, memberId)
  const held = dataOf(state, 'mark', id)
  if (held && held.delivered >= number && held.seen >= number) return []
  const seq = recordsOf(state, 'mark').get(id)?.seq ?? 0
  const mark = { conversationId, memberId, delivered: number, seen: number }
  return [putMark(id, { seq, audience: change.audience }, merged(held, mark))]
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
