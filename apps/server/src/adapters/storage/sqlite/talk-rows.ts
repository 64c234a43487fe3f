import type { ConversationRecord } from '../../../domains/conversations/conversation.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'
import { unpackSeq, uuidText } from './keys.ts'
import { memberId } from './member-table.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const ID = sql('SELECT id FROM conversations WHERE n = ?')
export const MESSAGE_COLUMNS = 'n, number, messages.id, sender, text, sent_at'

export interface ConversationRow {
  n: number
  id: string
  kind: ConversationRecord['kind']
  created_by: string
  created_at: number
}

export interface MarkRow {
  conversation: number
  member: number
  member_id: string
  position: number
  delivered: number
  seen: number
  seq: number
}

export interface MessageRow {
  conversation: number
  n: number
  number: number
  id: Uint8Array
  sender: number
  text: string
  sent_at: number
}

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
