import type {
  ConversationRecord,
  DisappearAfter,
  GroupRecord,
  MarkRecord,
} from '../../../domains/conversations/conversation.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'
import { unpackSeq, uuidText } from './keys.ts'
import { memberId } from './member-table.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const ID = sql('SELECT id FROM conversations WHERE n = ?')
export const MESSAGE_COLUMNS =
  'n, number, messages.id, sender, text, notice, messages.quiet, sent_at, extras, revised_seq, expires_at'

export interface ConversationRow {
  n: number
  id: string
  kind: ConversationRecord['kind']
  created_by: string
  created_at: number
  disappear_after: DisappearAfter | 0 | null
  pins: string | null
  /** null, as are those after it, in a direct conversation. */
  name: string | null
  description: string
  picture_version: string | null
  admin_ids: string
  announcement_only: number
  members_may_add: number
  newcomers_see_history: number
  reach_delivered: number
  reach_seen: number
  /** null, as are those after it, where nothing is gone. */
  ranges: string | null
  last_number: number
  last_quiet: number
}

export interface MarkRow {
  conversation: number
  member: number
  member_id: string
  position: number
  delivered: number
  seen: number
  quiet: number
  seq: number
  delivered_at: number
  seen_at: number
  from_number: number
  joined_seq: number
  shown: number | null
  kept_until: number | null
  kept_name: string | null
}

export interface MessageRow {
  conversation: number
  n: number
  number: number
  id: Uint8Array
  sender: number
  text: string
  notice: string | null
  quiet: number
  sent_at: number
  extras: string | null
  revised_seq: number | null
  expires_at: number | null
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
  notice: row.notice === null ? null : (JSON.parse(row.notice) as MessageRecord['notice']),
  quiet: row.quiet,
  sentAt: row.sent_at,
  seq: unpackSeq(row.n),
  ...(row.extras !== null && { extras: JSON.parse(row.extras) as NonNullable<MessageRecord['extras']> }),
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  ...(row.revised_seq !== null && { revisedSeq: row.revised_seq }),
})

/** What a conversation's row says of how long its messages stay, and which of them stand above the others. */
export const keepingOf = ({ disappear_after: after, pins }: ConversationRow) => ({
  ...(after !== null && { disappearing: { after: after || null } }),
  ...(pins !== null && { pins: JSON.parse(pins) as NonNullable<ConversationRecord['pins']> }),
})

/** What a conversation's row says of a group; null for a direct one. */
export const groupOf = (row: ConversationRow): GroupRecord | null =>
  row.name === null
    ? null
    : {
        name: row.name,
        description: row.description,
        pictureVersion: row.picture_version,
        adminIds: JSON.parse(row.admin_ids) as string[],
        announcementOnly: row.announcement_only === 1,
        membersMayAdd: row.members_may_add === 1,
        newcomersSeeHistory: row.newcomers_see_history === 1,
      }

export const markOf = (conversationId: string, row: MarkRow): MarkRecord => ({
  conversationId,
  memberId: row.member_id,
  delivered: row.delivered,
  seen: row.seen,
  quiet: row.quiet,
  shown: row.shown ?? row.seen,
  seq: row.seq,
  deliveredAt: row.delivered_at,
  seenAt: row.seen_at,
  from: row.from_number,
  joinedSeq: row.joined_seq,
  kept: row.kept_until === null ? null : { until: row.kept_until, name: row.kept_name ?? '' },
})
