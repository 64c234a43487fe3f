import type { Change } from '@parley/contracts/sync/change'
import type { StorageState } from '../client-api.ts'
import { GuardedStore } from '../local-store/guarded-store.ts'
import {
  emptyMeta,
  type LocalStore,
  type MessageRecord,
  type Meta,
  type StoreBatch,
  type StoredState,
  type StoreOp,
} from '../local-store/local-store.ts'
import { reveal, trimWindow } from '../messages/message-window.ts'
import { heldFrom } from '../messages/unread-held.ts'
import { Topics } from '../topics/topics.ts'
import { applyChange } from './apply-change.ts'
import { applyOps, fillState } from './apply-ops.ts'
import { emptyState, type ReplicaState } from './replica-state.ts'
import { rescueBatch } from './rescue.ts'

/** Kept in memory of a conversation that nobody looks at. */
const IDLE_WINDOW = 50
const IDLE_WINDOW_MAX = 200

type BatchListener = (batch: StoreBatch) => void

/**
 * The truth on this device: a mirror in memory that screens read, and the store behind it. A batch shows at once and is kept
 * soon after; batches that pile up while the store writes are written together.
 */
export class Replica {
  readonly topics = new Topics()
  readonly state: ReplicaState = emptyState()
  readonly #store: GuardedStore
  #waiting: StoreOp[] = []
  #writing: Promise<void> | null = null
  /** Rises with everything that changes the mirror. */
  #batches = 0
  /** Told of every batch that is kept; other tabs apply it too. */
  whenKept: BatchListener = () => {}
  /** Told when the store was emptied but for `keep`. */
  whenWiped: BatchListener = () => {}
  readonly #watchers: BatchListener[] = []
  /** Told of every change that was applied or found old. */
  whenChanged: (change: Change) => void = () => {}

  constructor(open: () => Promise<LocalStore>) {
    this.#store = new GuardedStore(
      open,
      () => rescueBatch(this.state),
      () => this.topics.touch('storage'),
    )
  }

  /** Reads the store. */
  async open(): Promise<void> {
    const stored = await this.#store.open()
    fillState(this.state, stored)
    for (const id of this.state.windows.keys()) await this.#showFrom(id, heldFrom(this.state, id))
    this.topics.touchAll()
  }

  /** Reads the store again, after another tab has written to it. What memory shows of each conversation stays shown. */
  async reopen(): Promise<void> {
    const stored = await this.#readUndisturbed()
    const shown = new Map([...this.state.windows].map(([id, window]) => [id, window.shownFrom]))
    const places = [...this.state.places]
    this.#clear()
    fillState(this.state, stored)
    // what somebody looks at in the past is in no store
    for (const [id, place] of places) if (this.state.windows.has(id)) this.state.places.set(id, place)
    this.topics.touchAll()
    for (const id of this.state.windows.keys())
      await this.#showFrom(id, Math.min(shown.get(id) ?? Infinity, heldFrom(this.state, id)))
  }

  /** Has memory hold a conversation's messages from a number on, as far as the store does. */
  async #showFrom(conversationId: string, from: number): Promise<void> {
    const window = this.state.windows.get(conversationId)
    const start = Math.max(from, window?.from ?? Infinity)
    if (!window || start >= window.shownFrom) return
    const records = await this.readMessages(conversationId, start, window.shownFrom, Number.MAX_SAFE_INTEGER)
    reveal(window, records, start)
    this.topics.touch(`conversation:${conversationId}`)
    this.topics.touch(`row:${conversationId}`)
    this.topics.touch('chats')
  }

  /** Applies a batch at once; resolves when it is kept. */
  commit(batch: StoreBatch): Promise<void> {
    if (batch.length === 0) return this.settled()
    this.show(batch)
    this.#keep(batch)
    return this.settled()
  }

  /** Applies a batch to the mirror alone: it is kept by another tab, or not worth keeping. */
  show(batch: StoreBatch): void {
    this.#batches += 1
    applyOps(this.state, batch, this.topics)
    for (const watch of this.#watchers) watch(batch)
    for (const op of batch) if (op.op === 'put-message') this.#trim(op.record.message.conversationId)
  }

  /** Tells of every batch that shows, from wherever it came. */
  watch(watcher: BatchListener): void {
    this.#watchers.push(watcher)
  }

  /** Applies changes in order; those of one turn are kept together with whatever else is committed in it. */
  applyChanges(changes: readonly Change[]): void {
    for (const change of changes) {
      const ops = applyChange(this.state, change)
      this.show(ops)
      this.#keep(ops)
      this.whenChanged(change)
    }
  }

  setMeta<K extends keyof Meta>(name: K, value: Meta[K]): Promise<void> {
    return this.commit([{ op: 'put-meta', name, value } as StoreOp])
  }

  /** Resolves when all that was committed is kept. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  readMessages(
    conversationId: string,
    from: number,
    before: number,
    limit: number,
  ): Promise<MessageRecord[]> {
    return this.#store.readMessages(conversationId, from, before, limit)
  }

  /** What is kept, which another tab may have written a moment ago; null when it cannot be read. */
  readMeta(): Promise<Meta | null> {
    return this.#store.readMeta()
  }

  storage(): StorageState {
    return this.#store.state()
  }

  sharedByTabs(): boolean {
    return this.#store.sharedByTabs()
  }

  /** Empties store and mirror, but for `keep`. */
  async wipe(keep: StoreBatch): Promise<void> {
    await this.wipeQuietly(keep)
    this.whenWiped(keep)
  }

  /** The same, when another tab has done so: this one may have written since. */
  async wipeQuietly(keep: StoreBatch): Promise<void> {
    this.forget(keep)
    await this.settled()
    await this.#store.clear()
    this.#keep(keep)
    await this.settled()
  }

  /** Empties the mirror, but for `keep`. */
  forget(keep: StoreBatch): void {
    this.#clear()
    this.#batches += 1
    this.state.meta = { ...emptyMeta, clockOffset: this.state.meta.clockOffset }
    this.#waiting = []
    this.show(keep)
    this.topics.touchAll()
  }

  /** What was committed while the store was being read would be missing from what was read. */
  async #readUndisturbed(): Promise<StoredState> {
    for (;;) {
      // Not `settled`: nothing may come between the last write and the reading.
      while (this.#writing) await this.#writing
      const before = this.#batches
      const stored = await this.#store.readAll()
      if (before === this.#batches) return stored
    }
  }

  #clear(): void {
    const { windows, places, outbox, calls, drafts, marks, records } = this.state
    for (const map of [windows, places, outbox, calls, drafts, marks, ...Object.values(records)]) map.clear()
  }

  async close(): Promise<void> {
    await this.settled()
    await this.#store.close()
  }

  #keep(batch: StoreBatch): void {
    if (batch.length === 0) return
    for (const op of batch) this.#waiting.push(op)
    this.#writing ??= this.#drain()
  }

  async #drain(): Promise<void> {
    // What follows in the same turn joins the same write.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      await this.#store.write(batch)
      this.whenKept(batch)
    }
    this.#writing = null
  }

  #trim(conversationId: string): void {
    const window = this.state.windows.get(conversationId)
    if (!window || window.messages.length <= IDLE_WINDOW_MAX) return
    if (this.topics.watched(`conversation:${conversationId}`)) return
    const from = heldFrom(this.state, conversationId)
    const counted = window.messages.filter(({ message }) => message.number >= from).length
    trimWindow(window, Math.max(IDLE_WINDOW, counted))
  }
}
