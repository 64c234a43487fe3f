import type { ConversationView } from '@parley/client/client-api'
import { useState } from 'react'
import type { UnreadSpan } from './stream-rows.ts'

/**
 * Where reading stopped. Set when the chat is opened, and when messages come while nobody looks; it then stays where it
 * is until the chat is left.
 */
export function useUnreadSpan(view: ConversationView, attentive: boolean): UnreadSpan | null {
  const [span, setSpan] = useState<UnreadSpan | null>(() =>
    view.unread > 0 ? { from: view.seen + 1, upTo: view.lastNumber, count: view.unread } : null,
  )
  const newest = view.messages.findLast(({ number, notice }) => number !== null && notice === null)
  const unseen = !attentive && newest?.delivery === 'received' && view.unread > 0 ? view.lastNumber : null
  if (unseen !== null && (span === null || unseen > span.upTo)) {
    const from = span && view.seen < span.upTo ? span.from : view.seen + 1
    setSpan({ from, upTo: unseen, count: view.unread })
  }
  return span
}
