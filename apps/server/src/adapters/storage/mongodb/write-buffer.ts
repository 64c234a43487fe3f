import type { Change } from './feed-types.ts'
import type { Table } from './tables.ts'

/** How a record will be written; `base` is what it was before the transaction, as far as that matters. */
export type Write =
  | { readonly mode: 'insert'; readonly record: object }
  | { readonly mode: 'update'; readonly record: object; readonly base: object }
  | { readonly mode: 'upsert'; readonly record: object }
  | { readonly mode: 'remove' }

/** What transactions have written but nobody has committed: of one transaction, or of all in a batch. */
export class WriteBuffer {
  feedSeq: number
  floor: number
  readonly changes: Change[] = []
  readonly #floorBefore: number
  readonly #tables = new Map<Table, Map<string, Write>>()

  constructor(from: { readonly feedSeq: number; readonly floor: number }) {
    this.feedSeq = from.feedSeq
    this.floor = from.floor
    this.#floorBefore = from.floor
  }

  get tables(): ReadonlyMap<Table, ReadonlyMap<string, Write>> {
    return this.#tables
  }

  get isEmpty(): boolean {
    return this.#tables.size === 0 && this.floor === this.#floorBefore
  }

  get(table: Table, key: string): Write | undefined {
    return this.#tables.get(table)?.get(key)
  }

  put(table: Table, key: string, write: Write): void {
    const writes = this.#tables.get(table) ?? new Map<string, Write>()
    this.#tables.set(table, writes)
    const combined = combine(writes.get(key), write)
    if (combined) writes.set(key, combined)
    else writes.delete(key)
  }

  /** Takes over what a transaction on top of this buffer has written. */
  absorb(upper: WriteBuffer): void {
    for (const [table, writes] of upper.tables) {
      for (const [key, write] of writes) this.put(table, key, write)
    }
    this.feedSeq = upper.feedSeq
    this.floor = upper.floor
    this.changes.push(...upper.changes)
  }
}

/** Two writes of one record, one after the other, as one; undefined when nothing remains to be done. */
function combine(first: Write | undefined, second: Write): Write | undefined {
  if (!first) return second
  if (second.mode === 'remove') return first.mode === 'insert' ? undefined : second
  if (first.mode === 'insert') return { mode: 'insert', record: second.record }
  if (first.mode === 'update' && second.mode === 'update') return { ...second, base: first.base }
  return { mode: 'upsert', record: second.record }
}
