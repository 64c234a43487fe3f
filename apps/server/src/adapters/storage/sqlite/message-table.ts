import type { MessageReader, MessageWriter } from '../../../domains/messages/message-store.ts'
import type { EditRecord, MessageDraft, MessageRecord, Revision } from '../../../domains/messages/message.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import { isQuiet } from '../../../kernel/is-quiet.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Org } from './caches.ts'
import { lastKey, packSeq, uuidBytes } from './keys.ts'
import { findMember } from './member-table.ts'
import { messagesAfter } from './messages-after.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { findTalk, findTalks } from './find-talks.ts'
import { MESSAGE_COLUMNS, messageOf, talkId, type MessageRow } from './talk-rows.ts'
import { follow, remember, type Talk } from './talk.ts'
import type { View, WritingView } from './view.ts'

type EditRow = Omit<EditRecord, 'messageId' | 'mentions'> & { readonly mentions: string | null }

const FIND = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM messages WHERE id = ? AND n BETWEEN ? AND ?`)
const PAGE = sql(`SELECT ${MESSAGE_COLUMNS} FROM messages
  WHERE conversation = ? AND number >= ? AND number < ? ORDER BY number DESC LIMIT ?`)
const PAGE_FROM = sql(`SELECT ${MESSAGE_COLUMNS} FROM messages
  WHERE conversation = ? AND number >= ? AND number <= ? ORDER BY number LIMIT ?`)
const NUMBERED = sql(`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE conversation = ? AND number = ?`)
const FIND_MANY = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM json_each(?) AS wanted
  CROSS JOIN messages ON messages.id = unhex(wanted.value) AND n BETWEEN ? AND ?`)
const SENT_AFTER = sql(
  `SELECT conversation, ${MESSAGE_COLUMNS} FROM messages WHERE n > ? AND n <= ? ORDER BY n LIMIT ?`,
)
const REVISED_AFTER = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM messages
  WHERE n >> 36 = ? AND revised_seq > ? ORDER BY revised_seq LIMIT ?`)
const INSERT = sql(
  `INSERT INTO messages (n, conversation, number, id, sender, text, notice, quiet, sent_at, extras, expires_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
)
const REVISE = sql('UPDATE messages SET text = ?, extras = ?, revised_seq = ? WHERE n = ?')
const MENTIONS = sql(
  'SELECT number FROM mentions WHERE conversation = ? AND member = ? ORDER BY number DESC LIMIT ?',
)
const ADD_MENTION = sql(
  'INSERT INTO mentions (conversation, member, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
)
const REMOVE_MENTION = sql('DELETE FROM mentions WHERE conversation = ? AND member = ? AND number = ?')
const EXPIRED = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM messages
  WHERE n >> 36 = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?`)
const COUNT_EXPIRED = sql(`SELECT count(*) AS count FROM messages
  WHERE conversation = ? AND number > ? AND expires_at <= ?`)
const REPLIES = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM replies
  CROSS JOIN messages ON n = reply WHERE original = ?`)
const ADD_REPLY = sql('INSERT INTO replies (original, reply) VALUES (?, ?)')
const EDITS = sql('SELECT seq, text, at, mentions FROM edits WHERE message = ? ORDER BY seq')
const KEEP_EDIT = sql('INSERT INTO edits (message, seq, text, at, mentions) VALUES (?, ?, ?, ?, ?)')
const REMOVE = sql(`DELETE FROM messages WHERE n IN (SELECT value FROM json_each(?) AS wanted)`)
const FORGET_EDITS_OF = sql(`DELETE FROM edits WHERE message IN (SELECT value FROM json_each(?) AS wanted)`)
const FORGET_REPLIES_TO = sql(
  `DELETE FROM replies WHERE original IN (SELECT value FROM json_each(?) AS wanted)`,
)
const KEEP_COUNTS =
  sql(`INSERT INTO purges (conversation, ranges, last_number, last_quiet) VALUES (?, '[]', ?, ?)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number, last_quiet = excluded.last_quiet`)
const FORGET_EDITS = sql('DELETE FROM edits WHERE message = ?')

/** Stands for everybody where a member's surrogate would; those begin at 1. */
const EVERYBODY = 0

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

  async getMany(scope: OrgScope, messageIds: readonly string[]): Promise<MessageRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org || messageIds.length === 0) return []
    const keys = messageIds.filter((id) => uuidBytes(id)).map((id) => id.replaceAll('-', ''))
    const range = [packSeq(org.n, 0), lastKey(org.n)] as const
    const rows = this.view.db.all(FIND_MANY, JSON.stringify(keys), ...range) as MessageRow[]
    return rows.map((row) => messageOf(this.view, talkId(this.view, row.conversation), row))
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

  async pageFrom(
    scope: OrgScope,
    conversationId: string,
    { from, until, limit }: Parameters<MessageReader['pageFrom']>[2],
  ): Promise<MessageRecord[]> {
    const [talk] = this.#findAll(scope, [conversationId])
    if (!talk) return []
    const last = Math.min(until, talk.lastNumber)
    const rows = this.view.db.all(PAGE_FROM, talk.n, from, last, limit) as MessageRow[]
    return rows.map((row) => messageOf(this.view, conversationId, row))
  }

  async newestOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MessageRecord[]> {
    const newest: MessageRecord[] = []
    for (const talk of this.#findAll(scope, conversationIds)) {
      if (talk.newestNumber > 0) newest.push(talk.newest ?? this.#newestIn(talk))
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

  async repliesTo(scope: OrgScope, messageId: string): Promise<MessageRecord[]> {
    const message = await this.get(scope, messageId)
    if (!message) return []
    const rows = this.view.db.all(REPLIES, this.keyOf(scope, message)) as MessageRow[]
    return rows.map((row) => messageOf(this.view, message.conversationId, row))
  }

  async edits(scope: OrgScope, messageId: string): Promise<EditRecord[]> {
    const message = await this.get(scope, messageId)
    if (!message) return []
    const n = this.keyOf(scope, message)
    const rows = this.view.db.all(EDITS, n) as EditRow[]
    return rows.map(({ mentions, ...edit }) => ({
      messageId,
      ...edit,
      ...(mentions !== null && { mentions: JSON.parse(mentions) as NonNullable<EditRecord['mentions']> }),
    }))
  }

  async mentions(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
    limit: number,
  ): Promise<number[]> {
    const called = this.called(scope, conversationId, memberId)
    if (!called) return []
    const rows = this.view.db.all(MENTIONS, ...called, limit) as { number: number }[]
    return rows.map(({ number }) => number).reverse()
  }

  /** The conversation's and the member's surrogates. */
  protected called(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
  ): readonly [talk: number, member: number] | undefined {
    const org = findOrg(this.view, scope)
    const talk = org && findTalk(this.view, org, conversationId)
    const member = memberId === null ? EVERYBODY : org && findMember(this.view, org.n, memberId)?.n
    return talk && member !== undefined ? [talk.n, member] : undefined
  }

  protected keyOf(scope: OrgScope, { seq }: MessageRecord): number {
    return packSeq(requireOrg(this.view, scope).n, seq)
  }

  async sentAfter(scope: OrgScope, since: number, limit: number): Promise<MessageRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const rows = this.view.db.all(SENT_AFTER, packSeq(org.n, since), lastKey(org.n), limit) as MessageRow[]
    return rows.map((row) => messageOf(this.view, talkId(this.view, row.conversation), row))
  }

  async revisedAfter(scope: OrgScope, since: number, limit: number): Promise<MessageRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const rows = this.view.db.all(REVISED_AFTER, org.n, since, limit) as MessageRow[]
    return rows.map((row) => messageOf(this.view, talkId(this.view, row.conversation), row))
  }

  async expired(scope: OrgScope, now: number, limit: number): Promise<MessageRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const rows = this.view.db.all(EXPIRED, org.n, now, limit) as MessageRow[]
    return rows.map((row) => messageOf(this.view, talkId(this.view, row.conversation), row))
  }

  async countExpired(scope: OrgScope, conversationId: string, after: number, now: number): Promise<number> {
    const [talk] = this.#findAll(scope, [conversationId])
    if (!talk?.record.disappearing || after >= talk.lastNumber) return 0
    return (this.view.db.get(COUNT_EXPIRED, talk.n, after, now) as { count: number }).count
  }

  #newestIn(talk: Talk): MessageRecord {
    return messageOf(
      this.view,
      talk.record.id,
      this.view.db.get(NUMBERED, talk.n, talk.newestNumber) as MessageRow,
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
    const { id, conversationId, senderId, text, notice, sentAt, seq, extras, expiresAt = null } = draft
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    const talk = findTalk(this.view, org, conversationId)
    if (!talk) throw new DomainError('not_found', { cause: 'the conversation does not exist' })
    const key = uuidBytes(id)
    if (!key) throw new Error('the id of a message has to be a UUID')
    const number = talk.lastNumber + 1
    const sender = this.#sender(org, talk, senderId)
    const quiet = talk.lastQuiet + (isQuiet(draft) ? 1 : 0)
    const said = notice && JSON.stringify(notice)
    const rare = extras ? JSON.stringify(extras) : null
    db.run(
      INSERT,
      packSeq(org.n, seq),
      talk.n,
      number,
      key,
      sender,
      text,
      said,
      quiet,
      sentAt,
      rare,
      expiresAt,
    )
    const message: MessageRecord = { ...draft, number, quiet }
    const original = extras?.replyTo && (await this.get(scope, extras.replyTo.id))
    if (original) db.run(ADD_REPLY, this.keyOf(scope, original), packSeq(org.n, seq))
    this.view.touch(this.view.caches().talks, conversationId)
    follow(talk, message)
    return message
  }

  earlier(scope: OrgScope, messageId: string): Promise<MessageRecord | null> {
    return this.get(scope, messageId)
  }

  async revise(scope: OrgScope, messageId: string, { seq, text, extras }: Revision): Promise<void> {
    const db = this.view.writing(scope)
    const message = await this.get(scope, messageId)
    if (!message) return
    const { conversationId, number } = message
    const n = this.keyOf(scope, message)
    db.run(REVISE, text, JSON.stringify(extras), seq, n)
    const talk = findTalk(this.view, requireOrg(this.view, scope), conversationId)
    if (talk?.newestNumber !== number) return
    this.view.touch(this.view.caches().talks, conversationId)
    remember(talk, { ...message, text, extras, revisedSeq: seq })
  }

  async keepEdit(scope: OrgScope, edit: EditRecord): Promise<void> {
    const { messageId, seq, text, at, mentions } = edit
    const db = this.view.writing(scope)
    const message = await this.get(scope, messageId)
    if (!message) throw new DomainError('not_found', { cause: 'the message does not exist' })
    db.run(KEEP_EDIT, this.keyOf(scope, message), seq, text, at, mentions ? JSON.stringify(mentions) : null)
  }

  async addMention(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
    number: number,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const called = this.called(scope, conversationId, memberId)
    if (!called) throw new DomainError('not_found', { cause: 'whom or where is mentioned does not exist' })
    db.run(ADD_MENTION, ...called, number)
  }

  async removeMention(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
    number: number,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const called = this.called(scope, conversationId, memberId)
    if (called) db.run(REMOVE_MENTION, ...called, number)
  }

  async forgetEdits(scope: OrgScope, messageId: string): Promise<void> {
    const db = this.view.writing(scope)
    const message = await this.get(scope, messageId)
    if (message) db.run(FORGET_EDITS, this.keyOf(scope, message))
  }

  async remove(scope: OrgScope, conversationId: string, messages: readonly MessageRecord[]): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    const talk = findTalk(this.view, org, conversationId)
    const own = messages.filter((message) => message.conversationId === conversationId)
    if (!talk || own.length === 0) return
    const keys = JSON.stringify(own.map((message) => this.keyOf(scope, message)))
    if (own.some(({ number }) => number === talk.newestNumber))
      db.run(KEEP_COUNTS, talk.n, talk.lastNumber, talk.lastQuiet)
    db.run(REMOVE, keys)
    db.run(FORGET_EDITS_OF, keys)
    db.run(FORGET_REPLIES_TO, keys)
    this.view.forget(this.view.caches().talks, conversationId)
  }

  #sender(org: Org, talk: Talk, senderId: string): number {
    const sender = talk.marks.get(senderId)?.member ?? findMember(this.view, org.n, senderId)?.n
    if (sender === undefined) throw new DomainError('not_found', { cause: 'the sender does not exist' })
    return sender
  }
}
