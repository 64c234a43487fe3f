import type {
  ChatPreferenceReader,
  ChatPreferenceWriter,
} from '../../../domains/chat-preferences/chat-preference-store.ts'
import type {
  ChatPreferenceRecord,
  ChatSettingsRecord,
} from '../../../domains/chat-preferences/chat-preference.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findTalk, findTalks } from './find-talks.ts'
import { findMember } from './member-table.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { talkId } from './talk-rows.ts'
import type { View, WritingView } from './view.ts'

const OF =
  sql(`SELECT conversation, pinned, muted_until, archived, archived_quiet, marked_unread, cleared_number, cleared_quiet
  FROM json_each(?) AS wanted CROSS JOIN chat_preferences ON member = ? AND conversation = wanted.value`)
const COUNT_PINNED = sql('SELECT count(*) AS count FROM chat_preferences WHERE member = ? AND pinned = 1')
const SETTINGS = sql('SELECT archived_return FROM chat_settings WHERE member = ?')
const PUT = sql(`INSERT OR REPLACE INTO chat_preferences
  (member, conversation, pinned, muted_until, archived, archived_quiet, marked_unread, cleared_number, cleared_quiet)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const REMOVE = sql('DELETE FROM chat_preferences WHERE member = ? AND conversation = ?')
const PUT_SETTINGS = sql('INSERT OR REPLACE INTO chat_settings (member, archived_return) VALUES (?, ?)')

interface Row {
  conversation: number
  pinned: number
  muted_until: number | null
  archived: number | null
  archived_quiet: number
  marked_unread: number
  cleared_number: number | null
  cleared_quiet: number | null
}

export class ChatPreferenceTable implements ChatPreferenceReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, memberId: string, conversationId: string): Promise<ChatPreferenceRecord | null> {
    return (await this.of(scope, memberId, [conversationId]))[0] ?? null
  }

  async of(
    scope: OrgScope,
    memberId: string,
    conversationIds: readonly string[],
  ): Promise<ChatPreferenceRecord[]> {
    const org = findOrg(this.view, scope)
    const member = org && findMember(this.view, org.n, memberId)
    if (!member || conversationIds.length === 0) return []
    const wanted = findTalks(this.view, org, conversationIds).map(({ n }) => n)
    const rows = this.view.db.all(OF, JSON.stringify(wanted), member.n) as Row[]
    return rows.map((row) => preferenceOf(row, memberId, talkId(this.view, row.conversation)))
  }

  async countPinned(scope: OrgScope, memberId: string): Promise<number> {
    const member = this.#member(scope, memberId)
    return member === undefined ? 0 : (this.view.db.get(COUNT_PINNED, member) as { count: number }).count
  }

  async settings(scope: OrgScope, memberId: string): Promise<ChatSettingsRecord | null> {
    const member = this.#member(scope, memberId)
    const row = member === undefined ? undefined : this.view.db.get(SETTINGS, member)
    if (!row) return null
    return { memberId, archivedReturn: (row as { archived_return: number }).archived_return === 1 }
  }

  #member(scope: OrgScope, memberId: string): number | undefined {
    const org = findOrg(this.view, scope)
    return org && findMember(this.view, org.n, memberId)?.n
  }
}

export class WritableChatPreferenceTable extends ChatPreferenceTable implements ChatPreferenceWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async put(scope: OrgScope, preference: ChatPreferenceRecord): Promise<void> {
    const db = this.view.writing(scope)
    const { mutedUntil, archived, cleared } = preference
    const { member, talk } = this.#require(scope, preference.memberId, preference.conversationId)
    const [pinned, unread] = [preference.pinned, preference.markedUnread].map(Number) as [number, number]
    const gone = [cleared?.number ?? null, cleared?.quiet ?? null]
    const away = [archived?.number ?? null, archived?.quiet ?? 0]
    db.run(PUT, member, talk, pinned, mutedUntil, ...away, unread, ...gone)
  }

  async remove(scope: OrgScope, memberId: string, conversationId: string): Promise<void> {
    const db = this.view.writing(scope)
    const { member, talk } = this.#require(scope, memberId, conversationId)
    db.run(REMOVE, member, talk)
  }

  async putSettings(scope: OrgScope, { memberId, archivedReturn }: ChatSettingsRecord): Promise<void> {
    const db = this.view.writing(scope)
    const member = findMember(this.view, requireOrg(this.view, scope).n, memberId)
    if (!member) throw new DomainError('not_found', { cause: 'the member does not exist' })
    db.run(PUT_SETTINGS, member.n, Number(archivedReturn))
  }

  #require(scope: OrgScope, memberId: string, conversationId: string): { member: number; talk: number } {
    const org = requireOrg(this.view, scope)
    const member = findMember(this.view, org.n, memberId)
    const talk = findTalk(this.view, org, conversationId)
    if (!member || !talk)
      throw new DomainError('not_found', { cause: 'the member or the chat does not exist' })
    return { member: member.n, talk: talk.n }
  }
}

const preferenceOf = (row: Row, memberId: string, conversationId: string): ChatPreferenceRecord => ({
  memberId,
  conversationId,
  pinned: row.pinned === 1,
  mutedUntil: row.muted_until,
  archived: row.archived === null ? null : { number: row.archived, quiet: row.archived_quiet },
  markedUnread: row.marked_unread === 1,
  cleared: row.cleared_number === null ? null : { number: row.cleared_number, quiet: row.cleared_quiet ?? 0 },
})
