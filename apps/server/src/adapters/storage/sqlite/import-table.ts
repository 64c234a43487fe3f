import type { ImportReader, ImportWriter } from '../../../domains/imports/import-store.ts'
import type { ImportedRecord, ImportRecord } from '../../../domains/imports/import.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findTalk } from './find-talks.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View, WritingView } from './view.ts'

const FIND = sql('SELECT n, record FROM imports WHERE org = ? AND id = ?')
const OF_CONVERSATION = sql('SELECT record FROM imports WHERE conversation = ? ORDER BY n DESC LIMIT ?')
const IDS_AFTER = sql('SELECT id FROM imports WHERE org = ? AND id > ? ORDER BY id LIMIT ?')
const UNFINISHED = sql(
  `SELECT record FROM imports WHERE org = ? AND state IN ('running', 'undoing') ORDER BY n LIMIT ?`,
)
const KNOWN = sql(`SELECT lower(hex(fingerprint)) AS fingerprint FROM json_each(?) AS wanted
  CROSS JOIN imported ON conversation = ? AND fingerprint = unhex(wanted.value)`)
const NUMBERS = sql('SELECT number FROM imported WHERE import = ? AND number >= ? ORDER BY number LIMIT ?')
const INSERT = sql('INSERT INTO imports (org, id, conversation, state, record) VALUES (?, ?, ?, ?, ?)')
const UPDATE = sql('UPDATE imports SET state = ?, record = ? WHERE n = ?')
const TAKE_DOWN = sql(
  'INSERT INTO imported (conversation, fingerprint, import, number) VALUES (?, unhex(?), ?, ?)',
)
const FORGET = sql(
  'DELETE FROM imported WHERE import = ? AND number IN (SELECT value FROM json_each(?) AS wanted)',
)

export class ImportTable implements ImportReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, importId: string): Promise<ImportRecord | null> {
    return this.find(scope, importId)?.record ?? null
  }

  async ofConversation(scope: OrgScope, conversationId: string, limit: number): Promise<ImportRecord[]> {
    const talk = this.talkOf(scope, conversationId)
    return talk ? recordsOf(this.view.db.all(OF_CONVERSATION, talk.n, limit)) : []
  }

  async idsAfter(scope: OrgScope, importId: string | null, limit: number): Promise<string[]> {
    const org = findOrg(this.view, scope)
    const rows = org ? (this.view.db.all(IDS_AFTER, org.n, importId ?? '', limit) as { id: string }[]) : []
    return rows.map(({ id }) => id)
  }

  async unfinished(scope: OrgScope, limit: number): Promise<ImportRecord[]> {
    const org = findOrg(this.view, scope)
    return org ? recordsOf(this.view.db.all(UNFINISHED, org.n, limit)) : []
  }

  async known(
    scope: OrgScope,
    conversationId: string,
    fingerprints: readonly string[],
  ): Promise<Set<string>> {
    const talk = this.talkOf(scope, conversationId)
    if (!talk) return new Set()
    const rows = this.view.db.all(KNOWN, JSON.stringify(fingerprints), talk.n) as { fingerprint: string }[]
    return new Set(rows.map(({ fingerprint }) => fingerprint))
  }

  async numbersOf(scope: OrgScope, importId: string, from: number, limit: number): Promise<number[]> {
    const found = this.find(scope, importId)
    const rows = found ? (this.view.db.all(NUMBERS, found.n, from, limit) as { number: number }[]) : []
    return rows.map(({ number }) => number)
  }

  protected find(scope: OrgScope, importId: string) {
    const org = findOrg(this.view, scope)
    const row = org && (this.view.db.get(FIND, org.n, importId) as { n: number; record: string } | undefined)
    return row && { n: row.n, record: JSON.parse(row.record) as ImportRecord }
  }

  protected talkOf(scope: OrgScope, conversationId: string) {
    const org = findOrg(this.view, scope)
    return org && findTalk(this.view, org, conversationId)
  }
}

export class WritableImportTable extends ImportTable implements ImportWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, record: ImportRecord): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.#requireTalk(scope, record.conversationId)
    db.run(INSERT, requireOrg(this.view, scope).n, record.id, talk.n, record.state, JSON.stringify(record))
  }

  async update(
    scope: OrgScope,
    importId: string,
    patch: Parameters<ImportWriter['update']>[2],
  ): Promise<void> {
    const db = this.view.writing(scope)
    const found = this.find(scope, importId)
    if (!found) return
    const record = { ...found.record, ...patch }
    db.run(UPDATE, record.state, JSON.stringify(record), found.n)
  }

  async takeDown(scope: OrgScope, imported: readonly ImportedRecord[]): Promise<void> {
    const db = this.view.writing(scope)
    for (const { conversationId, importId, number, fingerprint } of imported) {
      const found = this.find(scope, importId)
      if (!found) throw new DomainError('not_found', { cause: 'the import does not exist' })
      db.run(TAKE_DOWN, this.#requireTalk(scope, conversationId).n, fingerprint, found.n, number)
    }
  }

  async forget(scope: OrgScope, importId: string, numbers: readonly number[]): Promise<void> {
    const db = this.view.writing(scope)
    const found = this.find(scope, importId)
    if (found) db.run(FORGET, found.n, JSON.stringify(numbers))
  }

  #requireTalk(scope: OrgScope, conversationId: string) {
    const talk = this.talkOf(scope, conversationId)
    if (!talk) throw new DomainError('not_found', { cause: 'the conversation does not exist' })
    return talk
  }
}

const recordsOf = (rows: unknown[]): ImportRecord[] =>
  (rows as { record: string }[]).map(({ record }) => JSON.parse(record) as ImportRecord)
