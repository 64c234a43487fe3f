import type { ClientSession, Collection, Db, MongoClient, TopologyDescription } from 'mongodb'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Counters } from './counters.ts'
import { toFilter, type Query } from './query.ts'
import { toStorageFault } from './storage-fault.ts'
import { documentId, toRecord, type StoredDocument, type Table } from './tables.ts'

/** For as long an election may take; after that whoever asks is told at once. */
const PATIENCE = 3000

const NO_LIMIT = 2 ** 31
/** Documents in one answer; whole pages and lists shall need no second round trip. */
const AT_ONCE = 5000

export const clientOptions = {
  appName: 'parley',
  serverSelectionTimeoutMS: PATIENCE,
  connectTimeoutMS: PATIENCE,
  waitQueueTimeoutMS: PATIENCE,
  // How soon a server that is back is noticed.
  heartbeatFrequencyMS: 1000,
  socketTimeoutMS: 30_000,
  maxPoolSize: 20,
  ignoreUndefined: true,
  promoteBuffers: true,
  readPreference: 'primary',
  readConcern: { level: 'majority' },
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5000 },
} as const

/** The only place that talks to MongoDB, outside of starting and committing. Driver errors leave it translated (T9). */
export class Connection {
  statements = 0
  readonly client: MongoClient
  readonly db: Db
  #awaySince: number | null = null
  #primary = ''
  #closed = false
  readonly #primaryListeners: (() => void)[] = []

  constructor(client: MongoClient, db: Db) {
    this.client = client
    this.db = db
    client.on('topologyDescriptionChanged', ({ newDescription }) => this.#noteTopology(newDescription))
  }

  /** Called when another server has become the primary: what was read from the old one proves nothing now. */
  onNewPrimary(listener: () => void): void {
    this.#primaryListeners.push(listener)
  }

  /** @throws DomainError storage_unavailable at once when there has been no primary for a while */
  refuseWhileAway(): void {
    if (this.#closed) throw new DomainError('storage_unavailable')
    if (this.#awaySince !== null && performance.now() - this.#awaySince > PATIENCE) {
      throw new DomainError('storage_unavailable')
    }
  }

  /** From here on everything is refused; the driver by itself would connect again. */
  async close(): Promise<void> {
    this.#closed = true
    await this.client.close()
  }

  collection(name: string): Collection<StoredDocument> {
    return this.db.collection<StoredDocument>(name)
  }

  async find<R extends object>(table: Table<R>, scope: OrgScope, query: Query<R>): Promise<R[]> {
    const limit = Math.min(query.limit ?? NO_LIMIT, NO_LIMIT)
    if (limit <= 0) return []
    const cursor = this.collection(table.name).find(toFilter(scope, query.where), { batchSize: AT_ONCE })
    if (query.order) cursor.sort({ [query.order[0]]: query.order[1] })
    if (limit < NO_LIMIT) cursor.limit(limit)
    return this.#records(table, () => cursor.toArray())
  }

  async findByKeys<R extends object>(
    table: Table<R>,
    scope: OrgScope,
    keys: readonly string[],
  ): Promise<R[]> {
    if (keys.length === 0) return []
    const filter = { _id: { $in: keys.map((key) => documentId(scope, key)) } }
    return this.#records(table, () =>
      this.collection(table.name).find(filter, { batchSize: AT_ONCE }).toArray(),
    )
  }

  /** Keys of one organisation after one, in their order. */
  async keysAfter(table: Table, scope: OrgScope, after: string | null, limit: number): Promise<string[]> {
    const beyond = documentId(scope, '\uffff')
    const filter = { _id: { $gt: documentId(scope, after ?? ''), $lt: beyond } }
    const found = await this.guard(() =>
      this.collection(table.name)
        .find(filter, { projection: { _id: 1, org: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    )
    return found.map(({ _id }) => _id.slice(scope.length + 1))
  }

  /** For each of `groups` the record that is highest in `order`. One index seek for each of them. */
  async findHighest<R extends object>(
    table: Table<R>,
    scope: OrgScope,
    group: { readonly field: keyof R & string; readonly in: readonly string[] },
    order: keyof R & string,
  ): Promise<R[]> {
    if (group.in.length === 0) return []
    const pipeline = [
      { $match: { org: scope, [group.field]: { $in: group.in } } },
      { $sort: { org: -1, [group.field]: -1, [order]: -1 } },
      { $group: { _id: `$${group.field}`, highest: { $first: '$$ROOT' } } },
      { $replaceRoot: { newRoot: '$highest' } },
    ]
    return this.#records(table, () =>
      this.collection(table.name).aggregate<StoredDocument>(pipeline, { batchSize: AT_ONCE }).toArray(),
    )
  }

  async counters(scope: OrgScope): Promise<Counters | null> {
    return this.guard(() =>
      this.db.collection<Counters & { _id: string }>('counters').findOne({ _id: scope }),
    )
  }

  /** Runs one statement. @throws DomainError storage_unavailable, storage_full, or an Error without the driver's detail */
  async guard<T>(statement: () => Promise<T>): Promise<T> {
    this.refuseWhileAway()
    this.statements++
    try {
      return await statement()
    } catch (error) {
      throw toStorageFault(error)
    }
  }

  startSession(): ClientSession {
    return this.client.startSession({ causalConsistency: false })
  }

  async #records<R extends object>(table: Table<R>, load: () => Promise<StoredDocument[]>): Promise<R[]> {
    const documents = await this.guard(load)
    return documents.map((document) => toRecord(table, document))
  }

  #noteTopology(description: TopologyDescription): void {
    const writable = [...description.servers.values()].find(({ type }) =>
      ['RSPrimary', 'Mongos', 'LoadBalancer'].includes(type),
    )
    if (!writable) {
      this.#awaySince ??= performance.now()
      return
    }
    this.#awaySince = null
    const primary = `${writable.address} ${String(writable.electionId)}`
    if (writable.type !== 'RSPrimary' || primary === this.#primary) return
    this.#primary = primary
    for (const listener of this.#primaryListeners) listener()
  }
}
