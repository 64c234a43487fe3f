import type {
  EmptyStretch,
  Looked,
  SearchEntry,
  SearchIndex,
  SearchPosition,
  Wanted,
} from '../../../../domains/search/search-store.ts'
import type { MessageRecord } from '../../../../domains/messages/message.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { Connection } from '../connection.ts'
import { packSeq } from '../keys.ts'
import { findOrg } from '../organisation-table.ts'
import { searchSql, sql } from '../sql.ts'
import { MESSAGE_COLUMNS, messageOf, talkId, type MessageRow } from '../talk-rows.ts'
import type { View } from '../view.ts'
import { documentOf, expressionOf } from './search-expression.ts'
import type { SearchFile } from './search-file.ts'
import {
  findPart,
  highOf,
  isWithin,
  listParts,
  lowOf,
  PART_SIZE,
  partFor,
  type Part,
} from './search-parts.ts'

const BEGIN = searchSql('BEGIN IMMEDIATE')
const COMMIT = searchSql('COMMIT')
const ROLLBACK = searchSql('ROLLBACK')
const POSITION = searchSql('SELECT scope, seq, whole, version FROM positions WHERE org = ?')
const MOVE = searchSql(`INSERT INTO positions (org, scope, seq, whole, version) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET seq = excluded.seq, whole = excluded.whole`)
// A key is part * 2^42 + conversation * 2^16 + place in the part: more than a JavaScript number holds, so SQLite puts it together.
const PUT = searchSql('INSERT OR REPLACE INTO grams (rowid, tokens) VALUES ((? << 42) + (? << 16) + ?, ?)')
const DROP = searchSql('DELETE FROM grams WHERE rowid = (? << 42) + (? << 16) + ?')
// FTS5 keeps a row for each document, by its key
const HELD = searchSql(`SELECT id & 65535 AS low FROM grams_docsize
  WHERE id BETWEEN (? << 42) + (? << 16) + ? AND (? << 42) + (? << 16) + ?`)
const FIND = searchSql(`SELECT rowid >> 42 AS part, rowid & 65535 AS low FROM grams
  WHERE grams MATCH ? AND rowid BETWEEN (? << 42) AND ((? + 1) << 42) - 1
  AND (rowid >> 42 <> ? OR rowid & 65535 < ?)
  AND (rowid >> 16) & 67108863 IN (SELECT value FROM json_each(?))
  ORDER BY 1 DESC, 2 DESC LIMIT ?`)
const SURROGATES = sql(`SELECT n, conversations.id FROM json_each(?) AS wanted
  CROSS JOIN conversations ON org = ? AND conversations.id = wanted.value`)
const MESSAGES = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM json_each(?) AS wanted
  CROSS JOIN messages ON messages.n = wanted.value WHERE sent_at >= ? AND sent_at < ?`)

/** Rows of the index that are taken at once where times may leave most of them out. */
const MANY = 2_000
/** Milliseconds after which a look ends at the next opportunity. */
const PATIENCE = 60

/** An index in FTS5 that follows the database from a file of its own. One at a time may write to it. */
export class SqliteSearchIndex implements SearchIndex {
  readonly #file: SearchFile
  readonly #view: View
  readonly #surrogates = new Map<string, number>()

  constructor(file: SearchFile, view: View) {
    this.#file = file
    this.#view = view
  }

  async look(scope: OrgScope, wanted: Wanted): Promise<Looked> {
    const org = findOrg(this.#view, scope)
    const conversations = org ? this.#surrogatesOf(org.n, wanted.conversationIds) : []
    if (!org || conversations.length === 0) return { messages: [], below: null }
    return this.#file.use((db) => this.#lookThrough(db, org.n, conversations, wanted))
  }

  async isWhole(scope: OrgScope, version: number): Promise<boolean> {
    const org = findOrg(this.#view, scope)
    if (!org) return true
    const row = this.#file.use((db) => db.get(POSITION, org.n)) as PositionRow | undefined
    return row ? row.whole === 1 && row.scope === scope && row.version === version : org.head === 0
  }

  async position(scope: OrgScope, version: number): Promise<SearchPosition> {
    const org = findOrg(this.#view, scope)
    if (!org) return { seq: 0, whole: true }
    const row = this.#file.use((db) => db.get(POSITION, org.n)) as PositionRow | undefined
    if (!row) return { seq: 0, whole: org.head === 0 }
    const { seq, whole } = row
    if (row.scope === scope && row.version === version && seq <= org.head) return { seq, whole: whole === 1 }
    // another database has been put in the place of the one that it was made from, or it was made in another way
    this.#file.renew('outdated')
    return { seq: 0, whole: false }
  }

  async put(scope: OrgScope, given: Parameters<SearchIndex['put']>[1]): Promise<void> {
    const org = findOrg(this.#view, scope)
    if (!org) return
    const ids = [...given.entries, ...given.gone, ...given.emptied].map(
      ({ conversationId }) => conversationId,
    )
    this.#surrogatesOf(org.n, [...new Set(ids)])
    this.#file.use((db) =>
      inTransaction(db, () => {
        for (const { seq, conversationId } of given.gone) {
          const part = findPart(db, org.n, seq)
          if (part !== undefined) db.run(DROP, part, this.#surrogate(org.n, conversationId), lowOf(seq))
        }
        for (const stretch of given.emptied) this.#empty(db, org.n, stretch)
        this.#putEntries(db, org.n, given.entries)
        db.run(MOVE, org.n, scope, given.upTo, given.whole ? 1 : 0, given.version)
      }),
    )
  }

  async clear(): Promise<void> {
    this.#file.renew(null)
  }

  takeNews(): string | null {
    return this.#file.takeRenewal()
  }

  close(): void {
    this.#file.close()
  }

  /** In the order of their keys: out of order each would begin a segment of its own. */
  #putEntries(db: Connection, org: number, entries: readonly SearchEntry[]): void {
    const rows = entries.map((entry) => ({
      part: partFor(db, org, entry),
      conversation: this.#surrogate(org, entry.conversationId),
      low: lowOf(entry.seq),
      document: documentOf(entry.tokens),
    }))
    rows.sort((a, b) => a.part - b.part || a.conversation - b.conversation || a.low - b.low)
    for (const { part, conversation, low, document } of rows) db.run(PUT, part, conversation, low, document)
  }

  #empty(db: Connection, org: number, { conversationId, above, below }: EmptyStretch): void {
    const conversation = this.#surrogate(org, conversationId)
    for (const { n: part, high } of listParts(db, org)) {
      const first = Math.max(above + 1 - high * PART_SIZE, 0)
      const last = Math.min(below - 1 - high * PART_SIZE, PART_SIZE - 1)
      if (first > last) continue
      const held = db.all(HELD, part, conversation, first, part, conversation, last) as { low: number }[]
      for (const { low } of held) db.run(DROP, part, conversation, low)
    }
  }

  /** Goes through the parts from the newest on, through twice as many each time as long as too little is found. */
  #lookThrough(db: Connection, org: number, conversations: readonly number[], wanted: Wanted): Looked {
    const { limit, after, before } = wanted
    const giveUp = performance.now() + PATIENCE
    const parts = listParts(db, org)
    const highs = new Map(parts.map(({ n, high }) => [n, high]))
    const within = parts.filter((part) => isWithin(part, after, before))
    const most = after > 0 || before < Number.MAX_SAFE_INTEGER ? MANY : limit
    const asked = [expressionOf(wanted.tokens), JSON.stringify(conversations)] as const
    const messages: MessageRecord[] = []
    let { below } = wanted
    for (let size = 1; ;) {
      const window = within.filter(({ high }) => high * PART_SIZE < below).slice(0, size)
      const seqs = findIn(db, window, below, asked, most).map(
        ({ part, low }) => (highs.get(part) ?? 0) * PART_SIZE + low,
      )
      messages.push(...this.#messages(org, seqs, after, before))
      const isFull = seqs.length === most
      below = (isFull ? seqs.at(-1) : (window.at(-1)?.high ?? 0) * PART_SIZE) ?? 0
      const isLast = !within.some(({ high }) => high * PART_SIZE < below)
      if (isLast || messages.length >= limit || performance.now() > giveUp)
        return { messages, below: isLast ? null : below }
      if (!isFull) size *= 2
    }
  }

  /** Newest first. Those that are not there any more are left out. */
  #messages(org: number, seqs: readonly number[], after: number, before: number): MessageRecord[] {
    if (seqs.length === 0) return []
    const keys = JSON.stringify(seqs.map((seq) => packSeq(org, seq)))
    const rows = this.#view.db.all(MESSAGES, keys, after, before) as MessageRow[]
    rows.sort((a, b) => b.n - a.n)
    return rows.map((row) => messageOf(this.#view, talkId(this.#view, row.conversation), row))
  }

  /** Ids never change their surrogates, so they are remembered beyond what the view's caches may. */
  #surrogatesOf(org: number, ids: readonly string[]): number[] {
    if (this.#surrogates.size > SURROGATES_MAX) this.#surrogates.clear()
    const missing = ids.filter((id) => !this.#surrogates.has(`${String(org)} ${id}`))
    if (missing.length > 0) {
      const rows = this.#view.db.all(SURROGATES, JSON.stringify(missing), org) as { n: number; id: string }[]
      for (const { n, id } of rows) this.#surrogates.set(`${String(org)} ${id}`, n)
    }
    return ids.map((id) => this.#surrogates.get(`${String(org)} ${id}`)).filter((n) => n !== undefined)
  }

  #surrogate(org: number, conversationId: string): number {
    const [n] = this.#surrogatesOf(org, [conversationId])
    if (n === undefined) throw new Error('an entry points at a conversation that does not exist')
    return n
  }
}

const SURROGATES_MAX = 200_000

interface PositionRow {
  scope: string
  seq: number
  whole: number
  version: number
}

/** Rows from the oldest to the newest of these parts that hold what is asked for, newest first. */
function findIn(
  db: Connection,
  parts: readonly Part[],
  below: number,
  [expression, conversations]: readonly [string, string],
  most: number,
): { part: number; low: number }[] {
  const [newest, oldest] = [parts[0], parts.at(-1)]
  if (!newest || !oldest) return []
  const cut = newest.high === highOf(below) ? newest.n : -1
  const range = [oldest.n, newest.n, cut, lowOf(below)] as const
  return db.all(FIND, expression, ...range, conversations, most) as { part: number; low: number }[]
}

function inTransaction(db: Connection, work: () => void): void {
  db.run(BEGIN)
  try {
    work()
    db.run(COMMIT)
  } catch (error) {
    if (db.inTransaction) db.run(ROLLBACK)
    throw error
  }
}
