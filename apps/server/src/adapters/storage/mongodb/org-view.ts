import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import { loadDerived } from './derived.ts'
import type { OrgCache } from './org-cache.ts'
import { select, type Query } from './query.ts'
import { keyOf, type Table } from './tables.ts'

/** Which records of a group are meant. */
export interface Group<R extends object> {
  readonly field: keyof R & string
  readonly in: readonly string[]
}

/** One organisation's committed data, from the caches where they have it. */
export class OrgView {
  readonly scope: OrgScope
  readonly cache: OrgCache
  protected readonly connection: Connection

  constructor(scope: OrgScope, cache: OrgCache, connection: Connection) {
    this.scope = scope
    this.cache = cache
    this.connection = connection
  }

  async get<R extends object>(table: Table<R>, key: string): Promise<R | null> {
    return (await this.getMany(table, [key])).get(key) ?? null
  }

  async getMany<R extends object>(table: Table<R>, keys: readonly string[]): Promise<Map<string, R>> {
    const known = new Map<string, R>()
    const whole = table.cache === 'whole'
    const source = whole ? await this.whole(table) : this.cache.byKey(table)
    for (const key of keys) {
      const record = source.get(key)
      if (record) known.set(key, record as R)
    }
    const missing = whole ? [] : keys.filter((key) => !known.has(key))
    if (missing.length === 0) return known
    const keep = this.cache.keeper(table)
    for (const record of await this.#load(table, missing)) {
      const key = keyOf(table, record)
      known.set(key, record)
      keep(key, record)
    }
    return known
  }

  async find<R extends object>(table: Table<R>, query: Query<R>): Promise<R[]> {
    if (table.cache === 'whole') return select((await this.whole(table)).values(), query)
    return this.connection.find(table, this.scope, query)
  }

  /** For each member of the group the record that is highest in `order`. */
  async findHighest<R extends object>(
    table: Table<R>,
    group: Group<R>,
    order: keyof R & string,
  ): Promise<R[]> {
    return this.connection.findHighest(table, this.scope, group, order)
  }

  /** Keys after one, in their order; of a table with a single key. */
  async keysAfter(table: Table, after: string | null, limit: number): Promise<string[]> {
    return this.connection.keysAfter(table, this.scope, after, limit)
  }

  /** Fills the caches with what was in use, in few statements instead of one for each record. */
  async loadAgain(keys: ReadonlyMap<Table, readonly string[]>): Promise<void> {
    await Promise.all([...keys].map(([table, of]) => this.getMany(table, of)))
  }

  /** How far the feed goes, and from where it is kept. */
  async position(): Promise<{ readonly feedSeq: number; readonly floor: number }> {
    return this.cache.counters
  }

  /** A position in the feed was read. */
  async told(_seq: number): Promise<void> {}

  /** All records of a table that is cached whole. */
  protected async whole<R extends object>(table: Table<R>): Promise<ReadonlyMap<string, R>> {
    return this.cache.whole(table, () => this.connection.find<R>(table, this.scope, { where: {} }))
  }

  async #load<R extends object>(table: Table<R>, keys: readonly string[]): Promise<R[]> {
    if (table.stored) return this.connection.findByKeys(table, this.scope, keys)
    return (await loadDerived(this.connection, this.scope, table, keys)) as R[]
  }
}

/** How stale a read outside of transactions may be, in ms; well inside the second that A2 allows. */
const STALE = 500

/** For reads outside of transactions, where no commit proves afterwards that the caches were true. */
export class ReadView extends OrgView {
  static async open(scope: OrgScope, cache: OrgCache, connection: Connection): Promise<ReadView> {
    connection.refuseWhileAway()
    await cache.ensureFresh(STALE)
    return new ReadView(scope, cache, connection)
  }

  override async getMany<R extends object>(
    table: Table<R>,
    keys: readonly string[],
  ): Promise<Map<string, R>> {
    const known = await super.getMany(table, keys)
    if (table.cache !== 'whole' || known.size === new Set(keys).size) return known
    // Another process may have made what is missing a moment ago, and the caller may already know of it.
    await this.cache.refresh()
    return super.getMany(table, keys)
  }

  override async position(): Promise<{ readonly feedSeq: number; readonly floor: number }> {
    await this.cache.refresh()
    return this.cache.counters
  }

  /** Whatever is read afterwards is at least as new as this position, so that no old state is told under a new seq. */
  override async told(seq: number): Promise<void> {
    await this.cache.keepUpWith(seq)
  }
}
