import type { Delivery, MessageView } from '../client-api.ts'
import type { MessageRecord, OutboxEntry } from '../local-store/local-store.ts'
import { dataOf, isGroup, marksOf, type ReplicaState } from '../replica/replica-state.ts'

/** How far all others of a conversation have received and read. */
interface OthersMarks {
  readonly delivered: number
  readonly seen: number
}

const nobodyYet: OthersMarks = { delivered: 0, seen: 0 }

export function othersMarks(state: ReplicaState, conversationId: string): OthersMarks {
  // who sends has read, so that how far everybody is says how far all others are
  if (isGroup(state, conversationId)) return dataOf(state, 'reach', conversationId) ?? nobodyYet
  const me = state.meta.session?.memberId
  let delivered = Infinity
  let seen = Infinity
  for (const memberId of dataOf(state, 'conversation', conversationId)?.memberIds ?? []) {
    if (memberId === me) continue
    const marks = marksOf(state, conversationId, memberId)
    delivered = Math.min(delivered, marks.delivered)
    seen = Math.min(seen, marks.seen)
  }
  return delivered === Infinity ? nobodyYet : { delivered, seen }
}

function deliveryOf(number: number, senderId: string, me: string | undefined, others: OthersMarks): Delivery {
  if (senderId !== me) return 'received'
  if (number <= others.seen) return 'seen'
  return number <= others.delivered ? 'delivered' : 'sent'
}

/** Makes views of messages and gives the same object for as long as nothing in it changed. */
export class MessageViews {
  readonly #confirmed = new WeakMap<MessageRecord, MessageView>()
  readonly #queued = new WeakMap<OutboxEntry, MessageView>()

  of(record: MessageRecord, me: string | undefined, others: OthersMarks): MessageView {
    const { id, conversationId, number, senderId, text, notice, sentAt } = record.message
    // a system line was sent by nobody
    const delivery = notice ? 'received' : deliveryOf(number, senderId, me, others)
    const before = this.#confirmed.get(record)
    if (before?.delivery === delivery) return before
    const view = { id, conversationId, number, senderId, text, notice, sentAt, delivery, failure: null }
    this.#confirmed.set(record, view)
    return view
  }

  ofQueued(entry: OutboxEntry, me: string | undefined, stage: 'queued' | 'sending' | 'sent'): MessageView {
    const { id, conversationId, text, createdAt: sentAt, failure } = entry
    const delivery: Delivery = entry.state === 'failed' ? 'failed' : stage
    const before = this.#queued.get(entry)
    if (before?.delivery === delivery) return before
    const unnumbered = { number: null, senderId: me ?? '', text, notice: null }
    const view = { id, conversationId, ...unnumbered, sentAt, delivery, failure }
    this.#queued.set(entry, view)
    return view
  }
}
