import type { Document } from 'mongodb'
import type { Looked, SearchIndex, SearchPosition, Wanted } from '../../../domains/search/search-store.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import { documentId, messages as messageTable } from './tables.ts'

/** What a message is found by. */
interface EntryDocument extends Document {
  _id: string
  org: string
  /** A number that stands for the conversation: every token has it in the index, where an id would take most of the room. */
  c: number
  conversation: string
  seq: number
  at: number
  t: readonly string[]
}

interface PositionDocument extends Document {
  _id: string
  seq: number
  whole: boolean
  version: number
}

/** As the migration makes it: the tokens of an organisation, and of each its messages from the newest on. */
export const SEARCH_BY_TOKEN = { org: 1, t: 1, seq: -1, c: 1 } as const

/** As the migration makes it: the messages of a conversation. */
export const SEARCH_BY_PLACE = { org: 1, conversation: 1, seq: 1 } as const

/** How much of the feed is looked through at first; then twice as much each time, as long as too little is found. */
const WINDOW = 2 ** 16
/** Milliseconds after which a look ends at the next opportunity. */
const PATIENCE = 60
/** Tokens that are weighed to find the one to go by, and up to how many messages each is counted. */
const WEIGHED_MAX = 6
const COUNTED_MAX = 2_000
const OUTDATED = -1

/** Collisions are no harm: what is found is compared with what is stored. */
function numberFor(conversationId: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < conversationId.length; at += 1)
    hash = Math.imul(hash ^ conversationId.charCodeAt(at), 0x01000193)
  return hash | 0
}

/** An index of tokens in a collection that follows the messages. Any number of processes may take the same in. */
export class MongoSearchIndex implements SearchIndex {
  readonly #connection: Connection
  #news: string | null = null

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get #entries() {
    return this.#connection.db.collection<EntryDocument>('searchEntries')
  }

  get #positions() {
    return this.#connection.db.collection<PositionDocument>('searchPositions')
  }

  async look(scope: OrgScope, wanted: Wanted): Promise<Looked> {
    const newest = await this.#newest(scope)
    const giveUp = performance.now() + PATIENCE
    const asked = await this.#weigh(scope, wanted)
    const found: MessageRecord[] = []
    let below = Math.min(wanted.below, newest + 1)
    for (let size = WINDOW; below > 0;) {
      const from = Math.max(0, below - size)
      const rows = await this.#find(scope, { ...asked, seq: { $gte: from, $lt: below } }, wanted.limit)
      found.push(...(await this.#messages(scope, rows)))
      below = rows.length === wanted.limit ? (rows.at(-1)?.seq ?? 0) : from
      if (found.length >= wanted.limit || performance.now() > giveUp) break
      size *= 2
    }
    return { messages: found, below: below > 0 ? below : null }
  }

  async isWhole(scope: OrgScope, version: number): Promise<boolean> {
    const found = await this.#connection.guard(() => this.#positions.findOne({ _id: scope }))
    return found?.version === version && found.whole
  }

  async position(scope: OrgScope, version: number): Promise<SearchPosition> {
    const found = await this.#connection.guard(() => this.#positions.findOne({ _id: scope }))
    if (!found) return { seq: 0, whole: false }
    const head = (await this.#connection.counters(scope))?.feedSeq ?? 0
    if (found.version === version && found.seq <= head) return { seq: found.seq, whole: found.whole }
    // made in another way, or of another state of the database
    await this.#connection.guard(() => this.#entries.deleteMany({ org: scope }))
    await this.#connection.guard(() => this.#positions.deleteOne({ _id: scope }))
    this.#news = 'outdated'
    return { seq: 0, whole: false }
  }

  async put(scope: OrgScope, given: Parameters<SearchIndex['put']>[1]): Promise<void> {
    const operations = [
      ...given.emptied.map(({ conversationId, above, below }) => ({
        deleteMany: {
          filter: { org: scope, conversation: conversationId, seq: { $gt: above, $lt: below } },
        },
      })),
      ...given.gone.map(({ messageId }) => ({
        deleteOne: { filter: { _id: documentId(scope, messageId) } },
      })),
      ...given.entries.map(({ messageId, conversationId, seq, sentAt, tokens }) => ({
        replaceOne: {
          filter: { _id: documentId(scope, messageId) },
          replacement: {
            org: scope,
            c: numberFor(conversationId),
            conversation: conversationId,
            seq,
            at: sentAt,
            t: tokens,
          },
          upsert: true,
        },
      })),
    ]
    if (operations.length > 0) {
      await this.#connection.guard(() => this.#entries.bulkWrite(operations, { ordered: false }))
    }
    const { upTo, whole, version } = given
    const moved = {
      $max: { seq: upTo },
      $set: { version, ...(whole && { whole }) },
      ...(!whole && { $setOnInsert: { whole } }),
    }
    await this.#connection.guard(() => this.#positions.updateOne({ _id: scope }, moved, { upsert: true }))
  }

  /** Each organisation's entries go when it is next asked how far its index is. */
  async clear(): Promise<void> {
    const outdated = { $set: { seq: OUTDATED, whole: false, version: OUTDATED } }
    await this.#connection.guard(() => this.#positions.updateMany({ _id: { $gt: '' } }, outdated))
  }

  takeNews(): string | null {
    const news = this.#news
    this.#news = null
    return news
  }

  /** The ids of organisations of which it lacks something. */
  async behind(): Promise<string[]> {
    const all = { _id: { $gt: '' } }
    const positions = new Map<string, number>()
    for (const { _id, seq } of await this.#connection.guard(() => this.#positions.find(all).toArray()))
      positions.set(_id, seq)
    const counters = this.#connection.db.collection<{ _id: string; feedSeq: number }>('counters')
    const heads = await this.#connection.guard(() =>
      counters.find(all, { projection: { feedSeq: 1 } }).toArray(),
    )
    return heads
      .filter(({ _id, feedSeq }) => feedSeq > 0 && positions.get(_id) !== feedSeq)
      .map(({ _id }) => _id)
  }

  async #newest(scope: OrgScope): Promise<number> {
    return (await this.#connection.guard(() => this.#positions.findOne({ _id: scope })))?.seq ?? 0
  }

  /** The index is gone through by one group of tokens, the rarest; the others are looked for in what that finds. */
  async #weigh(scope: OrgScope, { tokens, conversationIds, after, before }: Wanted): Promise<Document> {
    // longer tokens are rarer, by and large
    const groups = tokens.toSorted((a, b) => lengthOf(b) - lengthOf(a))
    const counts = await Promise.all(
      (groups.length > 1 ? groups.slice(0, WEIGHED_MAX) : []).map((group) => this.#count(scope, group)),
    )
    const least = counts.indexOf(Math.min(...counts))
    const chosen = groups[Math.max(0, least)] ?? []
    const others = groups.filter((group) => group !== chosen)
    return {
      t: chosen.length === 1 ? chosen[0] : { $in: chosen },
      c: { $in: [...new Set(conversationIds.map(numberFor))] },
      ...(after > 0 || before < Number.MAX_SAFE_INTEGER ? { at: { $gte: after, $lt: before } } : {}),
      // an expression, so that the planner does not go by one of these
      ...(others.length > 0 ? { $expr: { $and: others.map(holdsOneOf) } } : {}),
    }
  }

  #count(scope: OrgScope, group: readonly string[]): Promise<number> {
    const filter = { org: scope, t: { $in: [...group] } }
    return this.#connection.guard(() =>
      this.#entries.countDocuments(filter, { limit: COUNTED_MAX, hint: SEARCH_BY_TOKEN }),
    )
  }

  #find(scope: OrgScope, asked: Document, limit: number): Promise<Pick<EntryDocument, '_id' | 'seq'>[]> {
    return this.#connection.guard(() =>
      this.#entries
        .find(
          { org: scope, ...asked },
          { projection: { seq: 1 }, hint: SEARCH_BY_TOKEN, batchSize: limit + 1 },
        )
        .sort({ seq: -1 })
        .limit(limit)
        .toArray(),
    )
  }

  /** As they are stored now, newest first. */
  async #messages(scope: OrgScope, rows: readonly { readonly _id: string }[]): Promise<MessageRecord[]> {
    const keys = rows.map(({ _id }) => _id.slice(scope.length + 1))
    const found = await this.#connection.findByKeys(messageTable, scope, keys)
    return found.sort((a, b) => b.seq - a.seq)
  }
}

const lengthOf = (group: readonly string[]): number => Math.min(...group.map((token) => token.length))

const holdsOneOf = (group: readonly string[]) =>
  group.length === 1
    ? { $in: [{ $literal: group[0] }, '$t'] }
    : { $gt: [{ $size: { $setIntersection: [{ $literal: [...group] }, '$t'] } }, 0] }
