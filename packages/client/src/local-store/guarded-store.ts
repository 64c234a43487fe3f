import type { StorageState } from '../client-api.ts'
import type { LocalStore, MessageRecord, Meta, StoreBatch, StoredState, StoreOp } from './local-store.ts'
import { memoryStore } from './memory-store.ts'

/** What must be kept even where there is no room for the rest. */
const precious: ReadonlySet<StoreOp['op']> = new Set([
  'put-outbox',
  'forget-outbox',
  'put-call',
  'forget-call',
  'put-draft',
  'put-mark',
  'forget-mark',
])
const isPrecious = (op: StoreOp) => precious.has(op.op) || (op.op === 'put-meta' && op.name !== 'cursor')

/**
 * The store the client works with: it never fails. Where the device refuses to keep things (storage denied, full, or taken
 * away while running) it goes on in memory and says so; what was typed is still offered to the device.
 */
export class GuardedStore {
  #store: LocalStore
  /** Left behind when the device refused; still tried with what is precious. */
  #refusing: LocalStore | null = null
  readonly #open: () => Promise<LocalStore>
  readonly #whenChanged: () => void
  /** What the mirror holds, to go on with when the store is gone. */
  readonly #rescue: () => StoreBatch

  constructor(open: () => Promise<LocalStore>, rescue: () => StoreBatch, whenChanged: () => void) {
    this.#open = open
    this.#rescue = rescue
    this.#whenChanged = whenChanged
    this.#store = memoryStore()
  }

  async open(): Promise<StoredState> {
    try {
      const store = await this.#open()
      const state = await store.readAll()
      this.#store = store
      store.onLost(() => void this.#fallBack(store, null))
      return state
    } catch {
      this.#store = memoryStore()
      this.#whenChanged()
      return this.#store.readAll()
    }
  }

  state(): StorageState {
    return this.#store.durable ? 'kept' : 'memory'
  }

  sharedByTabs(): boolean {
    return this.#store.sharedByTabs
  }

  async write(batch: StoreBatch): Promise<void> {
    const store = this.#store
    try {
      await store.write(batch)
    } catch {
      await this.#fallBack(store, batch)
      return
    }
    const kept = this.#refusing ? batch.filter(isPrecious) : []
    if (kept.length > 0) await this.#refusing?.write(kept).catch(() => {})
  }

  async readAll(): Promise<StoredState> {
    return this.#store.readAll()
  }

  /** null when it cannot be read. */
  async readMeta(): Promise<Meta | null> {
    return this.#store.readMeta().catch(() => null)
  }

  /** Rejects never: what cannot be read is not there. */
  async readMessages(
    conversationId: string,
    from: number,
    before: number,
    limit: number,
  ): Promise<MessageRecord[]> {
    return this.#store.readMessages(conversationId, from, before, limit).catch(() => [])
  }

  async clear(): Promise<void> {
    await this.#refusing?.clear().catch(() => {})
    await this.#store.clear().catch(() => {})
  }

  async close(): Promise<void> {
    await this.#store.close().catch(() => {})
    await this.#refusing?.close().catch(() => {})
  }

  /** The mirror already holds `batch`; so its rescue does too. */
  async #fallBack(failed: LocalStore, batch: StoreBatch | null): Promise<void> {
    if (this.#store === failed) {
      const memory = memoryStore()
      this.#store = memory
      this.#refusing = failed
      await memory.write(this.#rescue())
      // Half a replica would look whole at the next start; without one the next start loads again.
      await failed.write([{ op: 'forget-replica' }]).catch(() => {})
      this.#whenChanged()
    }
    const kept = (batch ?? []).filter(isPrecious)
    if (kept.length > 0) await failed.write(kept).catch(() => {})
  }
}
