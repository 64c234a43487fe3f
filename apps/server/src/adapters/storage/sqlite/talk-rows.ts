import type { ConversationRecord, MarkRecord } from '../../../domains/conversations/conversation.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'
import type { Org } from './caches.ts'
import { unpackSeq, uuidText } from './keys.ts'
import { memberId } from './member-table.ts'
import { sql } from './sql.ts'
import { follow, type KnownMark, type Talk } from './talk.ts'
import type { View } from './view.ts'

const FIND = sql('SELECT n, kind, created_by, created_at FROM conversations WHERE org = ? AND id = ?')
const ID = sql('SELECT id FROM conversations WHERE n = ?')
const MARKS = sql('SELECT member, position, delivered, seen, seq FROM marks WHERE conversation = ?')
export const MESSAGE_COLUMNS = 'n, number, id, sender, text, sent_at'
export const NEWEST = sql(
  `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE conversation = ? ORDER BY number DESC LIMIT 1`,
)

interface ConversationRow {
  n: number
  kind: ConversationRecord['kind']
  created_by: string
  created_at: number
}

interface MarkRow {
  member: number
  position: number
  delivered: number
  seen: number
  seq: number
}

export interface MessageRow {
  n: number
  number: number
  id: Uint8Array
  sender: number
  text: string
  sent_at: number
}

/** A conversation with its marks and its newest message; undefined when this organisation has none with the id. */
export function findTalk(view: View, org: Org, id: string): Talk | undefined {
  const caches = view.caches()
  const known = caches?.talks.get(org.n, id)
  if (known) return known
  const row = view.db.get(FIND, org.n, id) as ConversationRow | undefined
  if (!row) return undefined
  const talk = loadTalk(view, id, row)
  caches?.talks.set(org.n, id, talk)
  return talk
}

function loadTalk(view: View, id: string, row: ConversationRow): Talk {
  const marks = new Map<string, KnownMark>()
  let markHead = 0
  for (const { member, delivered, seen, seq } of marksOf(view, row.n)) {
    const mark: MarkRecord = { conversationId: id, memberId: memberId(view, member), delivered, seen, seq }
    marks.set(mark.memberId, { member, mark })
    markHead = Math.max(markHead, seq)
  }
  const record: ConversationRecord = {
    id,
    kind: row.kind,
    memberIds: [...marks.keys()],
    createdBy: row.created_by,
    createdAt: row.created_at,
  }
  const talk: Talk = { n: row.n, record, marks, markHead, lastNumber: 0, lastSeq: 0, newest: undefined }
  const newest = view.db.get(NEWEST, row.n) as MessageRow | undefined
  if (newest) follow(talk, messageOf(view, id, newest))
  return talk
}

const marksOf = (view: View, talk: number): MarkRow[] =>
  (view.db.all(MARKS, talk) as MarkRow[]).sort((a, b) => a.position - b.position)

/** The id behind a surrogate that a row of the organisation holds. */
export function talkId(view: View, n: number): string {
  const caches = view.caches()
  const known = caches?.talkIds.get(n)
  if (known !== undefined) return known
  const row = view.db.get(ID, n) as { id: string } | undefined
  if (!row) throw new Error(`a row points at conversation ${n}, which does not exist`)
  caches?.talkIds.set(n, row.id)
  return row.id
}

export const messageOf = (view: View, conversationId: string, row: MessageRow): MessageRecord => ({
  id: uuidText(row.id),
  conversationId,
  number: row.number,
  senderId: memberId(view, row.sender),
  text: row.text,
  sentAt: row.sent_at,
  seq: unpackSeq(row.n),
})
