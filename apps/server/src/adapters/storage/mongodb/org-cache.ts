import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import { NO_COUNTERS, type Counters } from './counters.ts'
import { LruMap } from './lru-map.ts'
import { keyOf, sections, type Section, type Table } from './tables.ts'
import type { WriteBuffer } from './write-buffer.ts'

/** Records kept per table and organisation; of messages few, only to recognise one that is sent again. */
const KEPT = 20_000
const KEPT_MESSAGES = 500

/** What is kept of one section. `epoch` tells whether anything changed while something was being loaded. */
class SectionCache {
  epoch = 0
  readonly whole = new Map<Table, Map<string, object>>()
  readonly loading = new Map<Table, Promise<Map<string, object>>>()
  readonly #byKey = new Map<Table, LruMap<object>>()

  byKey(table: Table): LruMap<object> {
    let entries = this.#byKey.get(table)
    if (!entries) this.#byKey.set(table, (entries = new LruMap(table.section ? KEPT : KEPT_MESSAGES)))
    return entries
  }
}

/** What this process knows of one organisation as of `counters.version`. */
export class OrgCache {
  counters: Counters = NO_COUNTERS
  #checkedAt = -Infinity
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

  /** Looks whether others wrote, and forgets what they changed. */
  async refresh(): Promise<void> {
    this.#checking ??= this.#check().finally(() => (this.#checking = null))
    await this.#checking
  }

  async keepUpWith(seq: number): Promise<void> {
    // Twice, because the first may join a look that began too early.
    for (let looks = 0; looks < 2 && seq > this.counters.feedSeq; looks++) await this.refresh()
  }

  /** Takes over what this process has committed, unless the cache has already seen something newer. */
  advance(to: Counters, written: WriteBuffer): void {
    if (this.counters.version > to.version) return
    this.counters = to
    this.#checkedAt = performance.now()
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
      if (found.sections[name] !== this.counters.sections[name]) this.#sections.delete(name)
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
