import { setTimeout as wait } from 'node:timers/promises'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import { NO_COUNTERS, type Counters } from './counters.ts'
import { LruMap } from './lru-map.ts'
import { keyOf, sections, type Section, type Table } from './tables.ts'
import type { WriteBuffer } from './write-buffer.ts'

/** Records kept per table and organisation. */
const KEPT = 20_000

/** For how long after being overtaken a process expects to be overtaken again; in ms. */
const CONTENDED = 1000
/** Between two commits of a process that others wait behind; in ms. */
const GIVE_WAY = 5

/** Records per table that are loaded again at once after another process has written. */
const WARM = 100

/** What is kept of one section. `epoch` tells whether anything changed while something was being loaded. */
class SectionCache {
  epoch = 0
  readonly whole = new Map<Table, Map<string, object>>()
  readonly loading = new Map<Table, Promise<Map<string, object>>>()
  readonly #byKey = new Map<Table, LruMap<object>>()

  byKey(table: Table): LruMap<object> {
    let entries = this.#byKey.get(table)
    if (!entries) this.#byKey.set(table, (entries = new LruMap(KEPT)))
    return entries
  }

  recentKeys(): ReadonlyMap<Table, readonly string[]> {
    return new Map([...this.#byKey].map(([table, entries]) => [table, entries.recentKeys(WARM)]))
  }
}

/** What this process knows of one organisation as of `counters.version`. */
export class OrgCache {
  counters: Counters = NO_COUNTERS
  #checkedAt = -Infinity
  #committedAt = -Infinity
  #overtakenAt = -Infinity
  #forgotten: ReadonlyMap<Table, readonly string[]> = new Map()
  #checking: Promise<void> | null = null
  readonly #sections = new Map<Section | undefined, SectionCache>()
  readonly #connection: Connection
  readonly #scope: OrgScope

  constructor(connection: Connection, scope: OrgScope) {
    this.#connection = connection
    this.#scope = scope
  }

  get isUnchecked(): boolean {
    return this.#checkedAt === -Infinity
  }

  /** Whether another process was faster a moment ago. */
  get isContended(): boolean {
    return performance.now() - this.#overtakenAt < CONTENDED
  }

  noteContention(): void {
    this.#overtakenAt = performance.now()
  }

  /** Lets other processes have their turn. */
  async giveWay(): Promise<void> {
    const sinceOwn = performance.now() - this.#committedAt
    if (sinceOwn < GIVE_WAY) await wait(GIVE_WAY - sinceOwn)
  }

  byKey(table: Table): { get(key: string): object | undefined } {
    return this.#section(table.section).byKey(table)
  }

  /** Keeps records that are about to be loaded, unless something was written meanwhile. */
  keeper(table: Table): (key: string, record: object) => void {
    const section = this.#section(table.section)
    const { epoch } = section
    return (key, record) => {
      if (table.cache === 'by-key' && section.epoch === epoch) section.byKey(table).set(key, record)
    }
  }

  /** A table that is cached whole; loaded at the first need, by one for all who wait for it. */
  async whole<R extends object>(table: Table<R>, load: () => Promise<R[]>): Promise<ReadonlyMap<string, R>> {
    const section = this.#section(table.section)
    const { epoch } = section
    const cached = section.whole.get(table) ?? section.loading.get(table)
    if (cached) return (await cached) as ReadonlyMap<string, object> as ReadonlyMap<string, R>
    const loading = load().then((records) => new Map(records.map((record) => [keyOf(table, record), record])))
    section.loading.set(table, loading)
    try {
      const records = await loading
      if (section.epoch === epoch) section.whole.set(table, records)
      return records
    } finally {
      if (section.loading.get(table) === loading) section.loading.delete(table)
    }
  }

  /** Makes sure that what is cached was true at most `milliseconds` ago. */
  async ensureFresh(milliseconds: number): Promise<void> {
    if (performance.now() - this.#checkedAt > milliseconds) await this.refresh()
  }

  /** Looks whether others wrote, and forgets what they changed. May join a look that has begun already. */
  async refresh(): Promise<void> {
    this.#checking ??= this.#check().finally(() => (this.#checking = null))
    await this.#checking
  }

  /** Looks at what is committed now or later. */
  async refreshAnew(): Promise<void> {
    await this.#checking?.catch(() => undefined)
    await this.refresh()
  }

  /** Catches up with a version that is committed, though perhaps not yet readable. */
  async reach(version: number): Promise<void> {
    while (this.counters.version < version) await this.refreshAnew()
  }

  /** Catches up with a seq that was read. */
  async keepUpWith(seq: number): Promise<void> {
    if (seq > this.counters.feedSeq) await this.refreshAnew()
  }

  /** What had been in use of the sections that others changed since this was last asked. */
  takeForgotten(): ReadonlyMap<Table, readonly string[]> {
    const forgotten = this.#forgotten
    this.#forgotten = new Map()
    return forgotten
  }

  /** Takes over what this process has committed, unless the cache has already seen something newer. */
  advance(to: Counters, written: WriteBuffer): void {
    if (this.counters.version > to.version) return
    this.counters = to
    this.#checkedAt = this.#committedAt = performance.now()
    for (const [table, writes] of written.tables) {
      const section = this.#section(table.section)
      section.epoch++
      section.loading.delete(table)
      const cached = table.cache === 'whole' ? section.whole.get(table) : section.byKey(table)
      if (!cached || table.cache === 'none') continue
      for (const [key, write] of writes) {
        if (write.mode === 'remove') cached.delete(key)
        else cached.set(key, write.record)
      }
    }
  }

  async #check(): Promise<void> {
    const startedAt = performance.now()
    const found = (await this.#connection.counters(this.#scope)) ?? NO_COUNTERS
    // An own commit may have overtaken this answer.
    if (found.version < this.counters.version) return
    for (const name of sections) {
      if (found.sections[name] === this.counters.sections[name]) continue
      this.#forgotten = new Map([...this.#forgotten, ...(this.#sections.get(name)?.recentKeys() ?? [])])
      this.#sections.delete(name)
    }
    this.counters = found
    this.#checkedAt = startedAt
  }

  #section(name: Section | undefined): SectionCache {
    let section = this.#sections.get(name)
    if (!section) this.#sections.set(name, (section = new SectionCache()))
    return section
  }
}

/** The caches of the organisations in use. */
export class OrgCaches {
  readonly #caches = new LruMap<OrgCache>(500)
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
    connection.onNewPrimary(() => this.#caches.clear())
  }

  of(scope: OrgScope): OrgCache {
    let cache = this.#caches.get(scope)
    if (!cache) this.#caches.set(scope, (cache = new OrgCache(this.#connection, scope)))
    return cache
  }
}
