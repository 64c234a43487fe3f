import type { MessageReader, MessageWriter } from '../../../domains/messages/message-store.ts'
import type { MessageDraft, MessageRecord } from '../../../domains/messages/message.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Org } from './caches.ts'
import { lastKey, packSeq, uuidBytes } from './keys.ts'
import { findMember } from './member-table.ts'
import { messagesAfter } from './messages-after.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { findTalk, findTalks } from './find-talks.ts'
import { MESSAGE_COLUMNS, messageOf, talkId, type MessageRow } from './talk-rows.ts'
import { follow, type Talk } from './talk.ts'
import type { View, WritingView } from './view.ts'

const FIND = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM messages WHERE id = ? AND n BETWEEN ? AND ?`)
const PAGE = sql(`SELECT ${MESSAGE_COLUMNS} FROM messages
  WHERE conversation = ? AND number >= ? AND number < ? ORDER BY number DESC LIMIT ?`)
const NUMBERED = sql(`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE conversation = ? AND number = ?`)
const INSERT = sql(
  `INSERT INTO messages (n, conversation, number, id, sender, text, notice, quiet, sent_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
)

export class MessageTable implements MessageReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, messageId: string): Promise<MessageRecord | null> {
    const org = findOrg(this.view, scope)
    const id = uuidBytes(messageId)
    if (!org || !id) return null
    const row = this.view.db.get(FIND, id, packSeq(org.n, 0), lastKey(org.n))
    if (!row) return null
    const found = row as MessageRow
    return messageOf(this.view, talkId(this.view, found.conversation), found)
  }

  async page(
    scope: OrgScope,
    conversationId: string,
    { before, from = 1, limit }: Parameters<MessageReader['page']>[2],
  ): Promise<MessageRecord[]> {
    const [talk] = this.#findAll(scope, [conversationId])
    if (!talk) return []
    const rows = this.view.db.all(PAGE, talk.n, from, before ?? talk.lastNumber + 1, limit) as MessageRow[]
    return rows.reverse().map((row) => messageOf(this.view, conversationId, row))
  }

  async newestOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MessageRecord[]> {
    const newest: MessageRecord[] = []
    for (const talk of this.#findAll(scope, conversationIds)) {
      if (talk.lastNumber > 0) newest.push(talk.newest ?? this.#newestIn(talk))
    }
    return newest
  }

  async since(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MessageRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const moved = this.#findAll(scope, conversationIds).filter(({ lastSeq }) => lastSeq > since)
    return messagesAfter(this.view, org.n, moved, since, limit)
  }

  #newestIn(talk: Talk): MessageRecord {
    return messageOf(
      this.view,
      talk.record.id,
      this.view.db.get(NUMBERED, talk.n, talk.lastNumber) as MessageRow,
    )
  }

  #findAll(scope: OrgScope, conversationIds: readonly string[]): Talk[] {
    const org = findOrg(this.view, scope)
    return org ? findTalks(this.view, org, conversationIds) : []
  }
}

export class WritableMessageTable extends MessageTable implements MessageWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, draft: MessageDraft): Promise<MessageRecord> {
    const { id, conversationId, senderId, text, notice, sentAt, seq } = draft
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    const talk = findTalk(this.view, org, conversationId)
    if (!talk) throw new DomainError('not_found', { cause: 'the conversation does not exist' })
    const key = uuidBytes(id)
    if (!key) throw new Error('the id of a message has to be a UUID')
    const number = talk.lastNumber + 1
    const sender = this.#sender(org, talk, senderId)
    const quiet = talk.lastQuiet + (notice ? 1 : 0)
    const said = notice && JSON.stringify(notice)
    db.run(INSERT, packSeq(org.n, seq), talk.n, number, key, sender, text, said, quiet, sentAt)
    const message: MessageRecord = { id, conversationId, number, senderId, text, notice, quiet, sentAt, seq }
    this.view.touch(this.view.caches().talks, conversationId)
    follow(talk, message)
    return message
  }

  #sender(org: Org, talk: Talk, senderId: string): number {
    const sender = talk.marks.get(senderId)?.member ?? findMember(this.view, org.n, senderId)?.n
    if (sender === undefined) throw new DomainError('not_found', { cause: 'the sender does not exist' })
    return sender
  }
}
