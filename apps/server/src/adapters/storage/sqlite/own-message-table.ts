import type { OwnMessageReader, OwnMessageWriter } from '../../../domains/messages/own-message-store.ts'
import type { OwnMessageRecord } from '../../../domains/messages/own-message.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findTalk } from './find-talks.ts'
import { lastKey, packSeq, uuidBytes, uuidText } from './keys.ts'
import { findMember, memberId as memberIdOf } from './member-table.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { talkId } from './talk-rows.ts'
import type { View, WritingView } from './view.ts'

const OF =
  sql(`SELECT messages.id, conversation, number, member, starred_at, hidden FROM json_each(?) AS wanted
  CROSS JOIN messages ON messages.id = unhex(wanted.value) AND n BETWEEN ? AND ?
  CROSS JOIN own_messages ON message = n AND member = ?`)
const ON =
  sql(`SELECT messages.id, conversation, number, member, starred_at, hidden FROM json_each(?) AS wanted
  CROSS JOIN messages ON messages.id = unhex(wanted.value) AND n BETWEEN ? AND ?
  CROSS JOIN own_messages ON message = n`)
const IN = sql(`SELECT messages.id, conversation, number, member, starred_at, hidden FROM own_messages
  CROSS JOIN messages ON n = message AND conversation = ? WHERE member = ?`)
const KEY = sql('SELECT n FROM messages WHERE id = ? AND n BETWEEN ? AND ?')
const PUT = sql(`INSERT INTO own_messages (message, member, starred_at, hidden) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET starred_at = excluded.starred_at, hidden = excluded.hidden`)
const REMOVE = sql('DELETE FROM own_messages WHERE message = ? AND member = ?')

interface Row {
  id: Uint8Array
  conversation: number
  number: number
  member: number
  starred_at: number | null
  hidden: number
}

const keysOf = (ids: readonly string[]) =>
  JSON.stringify(ids.filter((id) => uuidBytes(id)).map((id) => id.replaceAll('-', '')))

export class OwnMessageTable implements OwnMessageReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async of(scope: OrgScope, memberId: string, messageIds: readonly string[]): Promise<OwnMessageRecord[]> {
    const org = findOrg(this.view, scope)
    const member = org && findMember(this.view, org.n, memberId)
    if (!member || messageIds.length === 0) return []
    const range = [packSeq(org.n, 0), lastKey(org.n)] as const
    return this.#records(this.view.db.all(OF, keysOf(messageIds), ...range, member.n) as Row[])
  }

  async on(scope: OrgScope, messageIds: readonly string[]): Promise<OwnMessageRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org || messageIds.length === 0) return []
    return this.#records(this.view.db.all(ON, keysOf(messageIds), packSeq(org.n, 0), lastKey(org.n)) as Row[])
  }

  async inConversation(
    scope: OrgScope,
    memberId: string,
    conversationId: string,
  ): Promise<OwnMessageRecord[]> {
    const org = findOrg(this.view, scope)
    const member = org && findMember(this.view, org.n, memberId)
    const talk = org && findTalk(this.view, org, conversationId)
    if (!member || !talk) return []
    return this.#records(this.view.db.all(IN, talk.n, member.n) as Row[])
  }

  #records(rows: readonly Row[]): OwnMessageRecord[] {
    return rows.map(({ id, conversation, number, member, starred_at, hidden }) => ({
      memberId: memberIdOf(this.view, member),
      messageId: uuidText(id),
      conversationId: talkId(this.view, conversation),
      number,
      starredAt: starred_at,
      hidden: hidden === 1,
    }))
  }
}

export class WritableOwnMessageTable extends OwnMessageTable implements OwnMessageWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async put(scope: OrgScope, { messageId, memberId, starredAt, hidden }: OwnMessageRecord): Promise<void> {
    const db = this.view.writing(scope)
    const found = this.#find(scope, memberId, messageId)
    if (!found) throw new DomainError('not_found', { cause: 'a note is of somebody about a message' })
    db.run(PUT, found.message, found.member, starredAt, Number(hidden))
  }

  async remove(scope: OrgScope, memberId: string, messageId: string): Promise<void> {
    const db = this.view.writing(scope)
    const found = this.#find(scope, memberId, messageId)
    if (found) db.run(REMOVE, found.message, found.member)
  }

  #find(scope: OrgScope, memberId: string, messageId: string): { message: number; member: number } | null {
    const org = requireOrg(this.view, scope)
    const id = uuidBytes(messageId)
    const row =
      id && (this.view.db.get(KEY, id, packSeq(org.n, 0), lastKey(org.n)) as { n: number } | undefined)
    const member = findMember(this.view, org.n, memberId)
    return row && member ? { message: row.n, member: member.n } : null
  }
}
