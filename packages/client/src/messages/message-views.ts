import type { Delivery, MessageView } from '../client-api.ts'
import type { MessageRecord, OutboxEntry } from '../local-store/local-store.ts'
import { dataOf, marksOf, type ReplicaState } from '../replica/replica-state.ts'

/** How far all others of a conversation have received and read. */
interface OthersMarks {
  readonly delivered: number
  readonly seen: number
}

export function othersMarks(state: ReplicaState, conversationId: string): OthersMarks {
  const me = state.meta.session?.memberId
  let delivered = Infinity
  let seen = Infinity
  for (const memberId of dataOf(state, 'conversation', conversationId)?.memberIds ?? []) {
    if (memberId === me) continue
    const marks = marksOf(state, conversationId, memberId)
    delivered = Math.min(delivered, marks.delivered)
    seen = Math.min(seen, marks.seen)
  }
  return delivered === Infinity ? { delivered: 0, seen: 0 } : { delivered, seen }
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
    const { id, conversationId, number, senderId, text, sentAt } = record.message
    const delivery = deliveryOf(number, senderId, me, others)
    const before = this.#confirmed.get(record)
    if (before?.delivery === delivery) return before
    const view = { id, conversationId, number, senderId, text, sentAt, delivery, failure: null }
    this.#confirmed.set(record, view)
    return view
  }

  ofQueued(entry: OutboxEntry, me: string | undefined, stage: 'queued' | 'sending' | 'sent'): MessageView {
    const { id, conversationId, text, createdAt: sentAt, failure } = entry
    const delivery: Delivery = entry.state === 'failed' ? 'failed' : stage
    const before = this.#queued.get(entry)
    if (before?.delivery === delivery) return before
    const view = { id, conversationId, number: null, senderId: me ?? '', text, sentAt, delivery, failure }
    this.#queued.set(entry, view)
    return view
  }
}
