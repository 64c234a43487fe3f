import type { ReactionReader, ReactionWriter } from '../../../domains/messages/reaction-store.ts'
import type { ReactionRecord } from '../../../domains/messages/reaction.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { lastKey, packSeq, uuidBytes, uuidText } from './keys.ts'
import { findMember, memberId as memberIdOf } from './member-table.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { talkId } from './talk-rows.ts'
import type { View, WritingView } from './view.ts'

const TO = sql(`SELECT messages.id, conversation, number, member, emojis, at, seq FROM json_each(?) AS wanted
  CROSS JOIN messages ON messages.id = unhex(wanted.value) AND n BETWEEN ? AND ?
  CROSS JOIN reactions ON message = n`)
const ONE = sql(`SELECT messages.id, conversation, number, member, emojis, at, seq FROM messages
  CROSS JOIN reactions ON message = n AND member = ? WHERE messages.id = ? AND n BETWEEN ? AND ?`)
const KEY = sql('SELECT n FROM messages WHERE id = ? AND n BETWEEN ? AND ?')
const PUT = sql(`INSERT INTO reactions (message, member, emojis, at, seq) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET emojis = excluded.emojis, at = excluded.at, seq = excluded.seq`)
const FORGET = sql(`DELETE FROM reactions WHERE message IN (SELECT n FROM json_each(?) AS wanted
  CROSS JOIN messages ON messages.id = unhex(wanted.value) AND n BETWEEN ? AND ?)`)

interface Row {
  id: Uint8Array
  conversation: number
  number: number
  member: number
  emojis: string
  at: number
  seq: number
}

const keysOf = (ids: readonly string[]) =>
  JSON.stringify(ids.filter((id) => uuidBytes(id)).map((id) => id.replaceAll('-', '')))

export class ReactionTable implements ReactionReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async to(scope: OrgScope, messageIds: readonly string[]): Promise<ReactionRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org || messageIds.length === 0) return []
    const rows = this.view.db.all(TO, keysOf(messageIds), packSeq(org.n, 0), lastKey(org.n)) as Row[]
    return rows.map((row) => this.#record(row))
  }

  async get(scope: OrgScope, messageId: string, memberId: string): Promise<ReactionRecord | null> {
    const org = findOrg(this.view, scope)
    const id = uuidBytes(messageId)
    const member = org && findMember(this.view, org.n, memberId)
    if (!org || !id || !member) return null
    const row = this.view.db.get(ONE, member.n, id, packSeq(org.n, 0), lastKey(org.n)) as Row | undefined
    return row ? this.#record(row) : null
  }

  #record({ id, conversation, number, member, emojis, at, seq }: Row): ReactionRecord {
    return {
      messageId: uuidText(id),
      conversationId: talkId(this.view, conversation),
      number,
      memberId: memberIdOf(this.view, member),
      emojis: JSON.parse(emojis) as string[],
      at,
      seq,
    }
  }
}

export class WritableReactionTable extends ReactionTable implements ReactionWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async put(scope: OrgScope, { messageId, memberId, emojis, at, seq }: ReactionRecord): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    const id = uuidBytes(messageId)
    const row = id && (db.get(KEY, id, packSeq(org.n, 0), lastKey(org.n)) as { n: number } | undefined)
    const member = findMember(this.view, org.n, memberId)
    if (!row || !member)
      throw new DomainError('not_found', { cause: 'a reaction is of somebody to a message' })
    db.run(PUT, row.n, member.n, JSON.stringify(emojis), at, seq)
  }

  async forgetTo(scope: OrgScope, messageIds: readonly string[]): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    db.run(FORGET, keysOf(messageIds), packSeq(org.n, 0), lastKey(org.n))
  }
}
