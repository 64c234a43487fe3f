import type { ConversationView, MessageView } from '@parley/client/client-api'
import { dayOf } from '../time/format.ts'

export type StreamRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string; readonly count: number }
  | { readonly kind: 'message'; readonly key: string; readonly message: MessageView; readonly first: boolean }
  | { readonly kind: 'notice'; readonly key: string; readonly message: MessageView }
  | { readonly kind: 'purged'; readonly key: string; readonly range: PurgedRange }
  | { readonly kind: 'end'; readonly key: string; readonly typing: boolean }

export type PurgedRange = ConversationView['purged'][number]

/** From which number on messages were unread when the chat was opened, and up to which. */
export interface UnreadSpan {
  readonly from: number
  readonly upTo: number
  /** How many, for when they are not all loaded. */
  readonly count: number
}

const GROUP_WITHIN = 5 * 60_000

/** What of a conversation is on the screen or near it. */
type Loaded = Pick<ConversationView, 'messages' | 'purged' | 'reachedStart' | 'reachedEnd'>

/**
 * What stands below one another in a conversation: days, the unread line, messages in groups, where some were deleted by the
 * organisation's rule, and the end. While older messages are still to come, nobody knows what the topmost one follows: it then begins
 * neither a day nor a group, so that nothing below changes its place when they come.
 */
export function streamRows(
  { messages, purged, reachedStart, reachedEnd }: Loaded,
  unread: UnreadSpan | null,
  typing: boolean,
): readonly StreamRow[] {
  const rows: StreamRow[] = []
  let before: MessageView | null = null
  let lineDrawn = false
  for (const message of messages) {
    const range = goneBetween(purged, before, message)
    if (range) rows.push({ kind: 'purged', key: `purged-${message.id}`, range })
    const newDay = before ? dayOf(before.sentAt) !== dayOf(message.sentAt) : reachedStart
    if (newDay)
      rows.push({ kind: 'day', key: `day-${dayOf(message.sentAt)}-${message.id}`, at: message.sentAt })
    const startsUnread: boolean =
      unread !== null &&
      !lineDrawn &&
      message.notice === null &&
      message.number !== null &&
      message.number >= unread.from
    if (startsUnread && unread) {
      lineDrawn = true
      rows.push({ kind: 'new', key: 'new', count: countIn(messages, unread) })
    }
    if (message.notice) {
      rows.push({ kind: 'notice', key: message.id, message })
      before = message
      continue
    }
    const follows: boolean =
      !newDay && !startsUnread && !range && (before === null || continues(before, message))
    rows.push({ kind: 'message', key: message.id, message, first: !follows })
    before = message
  }
  const range = reachedEnd ? goneBetween(purged, before, null) : undefined
  if (range) rows.push({ kind: 'purged', key: 'purged', range })
  rows.push({ kind: 'end', key: 'end', typing })
  return rows
}

/** What the rule has deleted between two messages: of imports the old ones go, and newer ones above and below them stay. */
function goneBetween(
  purged: readonly PurgedRange[],
  before: MessageView | null,
  after: MessageView | null,
): PurgedRange | undefined {
  const from = before?.number ?? Infinity
  const to = after?.number ?? Infinity
  return purged.findLast((range) => range.why === 'retention' && range.from > from && range.to < to)
}

/** System lines are never unread, nor is what one wrote oneself (Y12). */
function countIn(messages: readonly MessageView[], { from, upTo, count }: UnreadSpan): number {
  const oldest = messages.find(({ number }) => number !== null)?.number ?? from
  if (oldest > from) return count
  return messages.filter(
    ({ number, notice, imported, delivery }) =>
      number !== null &&
      number >= from &&
      number <= upTo &&
      notice === null &&
      imported === null &&
      delivery === 'received',
  ).length
}

const continues = (before: MessageView, message: MessageView): boolean =>
  before.notice === null &&
  before.senderId === message.senderId &&
  before.imported?.author === message.imported?.author &&
  before.delivery !== 'failed' &&
  message.sentAt - before.sentAt < GROUP_WITHIN

/** The number of the newest numbered message at or above this row; null if there is none. */
export function numberAt(rows: readonly StreamRow[], index: number): number | null {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at--) {
    const row = rows[at]
    if ((row?.kind === 'message' || row?.kind === 'notice') && row.message.number !== null)
      return row.message.number
  }
  return null
}
