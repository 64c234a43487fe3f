import type { Connection } from './connection.ts'
import { OrgView, type Group } from './org-view.ts'
import type { OrgCache } from './org-cache.ts'
import { select, type Query } from './query.ts'
import { heads, keyOf, messages, numbers, type Table } from './tables.ts'
import { WriteBuffer, type Write } from './write-buffer.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'

/** What the transactions of one batch share. */
export interface BatchState {
  readonly written: WriteBuffer
  /** Messages that were taken not to exist, without a look. To be verified before anything is acknowledged. */
  readonly assumedAbsent: Set<string>
  /** Messages that turned out to exist after all, at an earlier attempt. */
  readonly found: ReadonlyMap<string, MessageRecord>
}

/** How old a message's id may be for it to be taken as new; in ms. Older ones are more likely sent again, and looked up. */
const FRESH_ID = 60_000

/** One transaction: reads its own writes and those of the batch before it, and buffers what it writes. */
export class WriteView extends OrgView {
  readonly written: WriteBuffer
  readonly #batch: BatchState
  #open = true

  constructor(scope: OrgScope, cache: OrgCache, connection: Connection, batch: BatchState) {
    super(scope, cache, connection)
    this.#batch = batch
    this.written = new WriteBuffer(batch.written)
  }

  /** From here on everything is refused, so that nothing is written after the work has ended. */
  close(): void {
    this.#open = false
  }

  insert<R extends object>(table: Table<R>, record: R): void {
    const key = keyOf(table, record)
    const pending = this.#pending(table, key)
    if (pending && pending.mode !== 'remove') throw new Error(`${table.name}: the id is taken`)
    this.#put(table, key, { mode: 'insert', record })
  }

  /** Changes some fields; does nothing when there is no such record. */
  async update<R extends object>(table: Table<R>, key: string, patch: Partial<R>): Promise<void> {
    const base = await this.get(table, key)
    if (base) this.#put(table, key, { mode: 'update', record: { ...base, ...patch }, base })
  }

  upsert<R extends object>(table: Table<R>, record: R): void {
    this.#put(table, keyOf(table, record), { mode: 'upsert', record })
  }

  remove(table: Table, key: string): void {
    this.#put(table, key, { mode: 'remove' })
  }

  override async getMany<R extends object>(
    table: Table<R>,
    keys: readonly string[],
  ): Promise<Map<string, R>> {
    this.#refuseWhenOver()
    const pending = keys.map((key) => [key, this.#pending(table, key)] as const)
    const untouched = pending.filter(([, write]) => !write).map(([key]) => key)
    const known = await super.getMany(table, untouched)
    for (const [key, write] of pending) {
      if (write && write.mode !== 'remove') known.set(key, write.record as R)
    }
    return known
  }

  /**
   * A message by the id that its client made. Every sending asks whether its id is new, and a look would cost a round trip each;
   * so a fresh id is taken as new, which the unique `_id` (or else a look at the whole batch) verifies at the commit.
   */
  async earlierMessage(id: string): Promise<MessageRecord | null> {
    if (this.#batch.found.has(id) || this.#pending(messages, id) || !isFresh(id))
      return this.get(messages, id)
    this.#refuseWhenOver()
    this.#batch.assumedAbsent.add(id)
    return null
  }

  override async find<R extends object>(table: Table<R>, query: Query<R>): Promise<R[]> {
    this.#refuseWhenOver()
    const pending = this.#allPending(table)
    if (pending.size === 0) return super.find(table, query)
    const { limit, ...unlimited } = query
    const enough = limit === undefined ? unlimited : { ...query, limit: limit + pending.size }
    return select(overlaid(table, await super.find(table, enough), pending), query)
  }

  override async findHighest<R extends object>(
    table: Table<R>,
    group: Group<R>,
    order: keyof R & string,
  ): Promise<R[]> {
    this.#refuseWhenOver()
    const highest = new Map<unknown, R>()
    const candidates = overlaid(table, await super.findHighest(table, group, order), this.#allPending(table))
    for (const record of candidates) {
      const best = highest.get(record[group.field])
      const asked = group.in.includes(String(record[group.field]))
      if (asked && (!best || Number(record[order]) > Number(best[order])))
        highest.set(record[group.field], record)
    }
    return [...highest.values()]
  }

  override async position(): Promise<{ readonly feedSeq: number; readonly floor: number }> {
    return this.written
  }

  /** Takes the next number of a conversation. @param quiet it is a system line's */
  async nextNumber(
    conversationId: string,
    quiet: boolean,
  ): Promise<{ readonly number: number; readonly quiet: number }> {
    const before = await this.get(numbers, conversationId)
    const number = (this.#derivedNow(numbers, conversationId, 'number') ?? before?.number ?? 0) + 1
    const lines = this.#derivedNow(numbers, conversationId, 'quiet') ?? before?.quiet ?? 0
    const next = { number, quiet: quiet ? lines + 1 : lines }
    this.upsert(numbers, { conversationId, ...next })
    return next
  }

  /** Takes the next seq of the feed. `undo` gives it back when nothing was stored under it. */
  async nextSeq(
    audience: string,
  ): Promise<{ readonly seq: number; readonly prev: number; undo: () => void }> {
    const before = (await this.get(heads, audience))?.seq ?? 0
    const prev = this.#derivedNow(heads, audience, 'seq') ?? before
    const seq = ++this.written.feedSeq
    this.upsert(heads, { audience, seq })
    const undo = () => {
      if (this.#derivedNow(heads, audience, 'seq') === seq) this.upsert(heads, { audience, seq: prev })
    }
    return { seq, prev, undo }
  }

  /** What this batch has made of it meanwhile; without waiting, so that two at once never take the same number. */
  #derivedNow(table: Table, key: string, field: string): number | undefined {
    const pending = this.#pending(table, key)
    return pending && pending.mode !== 'remove' ? Number(Reflect.get(pending.record, field)) : undefined
  }

  #pending(table: Table, key: string): Write | undefined {
    return this.written.get(table, key) ?? this.#batch.written.get(table, key)
  }

  #allPending(table: Table): ReadonlyMap<string, Write> {
    const [below, own] = [this.#batch.written.tables.get(table), this.written.tables.get(table)]
    if (!own) return below ?? new Map<string, Write>()
    return below ? new Map([...below, ...own]) : own
  }

  #put(table: Table, key: string, write: Write): void {
    this.#refuseWhenOver()
    this.written.put(table, key, write)
  }

  #refuseWhenOver(): void {
    if (!this.#open) throw new Error('This transaction is over.')
  }
}

function overlaid<R extends object>(
  table: Table<R>,
  stored: readonly R[],
  pending: ReadonlyMap<string, Write>,
): R[] {
  const kept = stored.filter((record) => !pending.has(keyOf(table, record)))
  const written = [...pending.values()].flatMap((write) =>
    write.mode === 'remove' ? [] : [write.record as R],
  )
  return [...kept, ...written]
}

/** Whether a UUIDv7 was made a moment ago, by its own account. */
function isFresh(id: string): boolean {
  const madeAt = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  return Date.now() - madeAt < FRESH_ID
}
