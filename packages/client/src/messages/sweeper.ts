import { isBlank } from '@parley/contracts/messages/blank'
import type { Quote } from '@parley/contracts/messages/message'
import { isQuoteOver } from '@parley/contracts/messages/quote-now'
import type { MessageRecord, StoreBatch, StoreOp } from '../local-store/local-store.ts'
import { blanked } from '../replica/clearing.ts'
import type { Replica } from '../replica/replica.ts'
import type { Moments } from '../sync/moments.ts'
import { emptyAnswers, withoutOverQuote } from './without-over-quote.ts'

const PAGE = 200

export interface SweeperDeps {
  readonly replica: Replica
  readonly moments: Moments
}

/**
 * Empties messages on this device whose time has come, and what others quote of them. Screens hide them at that moment whether or not this has run; here they really go. The
 * server need not say so, since each message says itself when it ends.
 */
export class Sweeper {
  readonly #replica: Replica
  readonly #moments: Moments
  readonly #running = new Set<string>()
  #active = false

  constructor({ replica, moments }: SweeperDeps) {
    this.#replica = replica
    this.#moments = moments
    moments.whenOver = (conversationId) => {
      if (this.#active) void this.#sweep(conversationId)
    }
  }

  /** Whether this tab keeps the store. Then it goes through all that may have ended while nobody did. */
  setActive(active: boolean): void {
    this.#active = active
    if (!active) return
    for (const { id, data } of this.#replica.state.records.conversation.values())
      if (data?.disappearing) void this.#sweep(id)
  }

  /** Something was put into the mirror: it is awaited when it ends. */
  note(batch: StoreBatch): void {
    for (const op of batch) {
      if (op.op === 'put-message') this.#await(op.record)
      else if (op.op === 'put-page') op.records.forEach((record) => this.#await(record))
      else if (op.op === 'open-window' && op.window.last) this.#await(op.window.last)
      else if (op.op === 'put-outbox') this.#awaitQuote(op.entry.conversationId, op.entry.replyTo)
    }
  }

  #await({ message }: MessageRecord): void {
    if (message.expiresAt !== undefined) this.#moments.await(message.expiresAt, message.conversationId)
    this.#awaitQuote(message.conversationId, message.replyTo)
  }

  #awaitQuote(conversationId: string, quote: Quote | undefined): void {
    if (quote?.expiresAt !== undefined) this.#moments.await(quote.expiresAt, conversationId)
  }

  /** Answers that wait to be sent. */
  async #sweepAnswers(conversationId: string): Promise<void> {
    const { state } = this.#replica
    const now = this.#moments.now()
    const isOver = (quote: Quote) => isQuoteOver(quote, now)
    await this.#replica.commit(emptyAnswers(state.outbox.get(conversationId), isOver))
    state.outbox.get(conversationId)?.forEach(({ replyTo }) => this.#awaitQuote(conversationId, replyTo))
  }

  /** From the newest back to where all has been emptied before. */
  async #sweep(conversationId: string): Promise<void> {
    if (this.#running.has(conversationId)) return
    this.#running.add(conversationId)
    try {
      await this.#sweepAnswers(conversationId)
      let before = Number.MAX_SAFE_INTEGER
      for (;;) {
        const records = await this.#replica.readMessages(conversationId, 0, before, PAGE)
        const [oldest] = records
        if (!oldest || !this.#active) return
        await this.#replica.commit(this.#emptied(conversationId, records))
        if (records.length < PAGE || records.every(({ message }) => isBlank(message))) return
        before = oldest.message.number
      }
    } finally {
      this.#running.delete(conversationId)
    }
  }

  #emptied(conversationId: string, records: readonly MessageRecord[]): StoreOp[] {
    const now = this.#moments.now()
    const window = this.#replica.state.windows.get(conversationId)
    const ops: StoreOp[] = []
    for (const record of records) {
      const { expiresAt, number } = record.message
      if (!window) continue
      const isOver = expiresAt !== undefined && expiresAt <= now
      const left = isOver ? blanked(record) : withoutOverQuote(record, now)
      if (!isOver) this.#await(left)
      if (left === record) continue
      const newest = window.last?.message.number === number ? { from: window.from } : null
      ops.push({ op: 'put-message', record: left, newest })
    }
    return ops
  }
}
