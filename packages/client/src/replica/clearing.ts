import { blankOf, isBlank } from '@parley/contracts/messages/blank'
import type { MessageRecord, StoreOp, WindowRecord } from '../local-store/local-store.ts'
import { dataOf, type ReplicaState } from './replica-state.ts'

/** Up to which number a conversation is cleared, as far as the server knows; 0 for nothing. */
export const clearedUpTo = (state: ReplicaState, conversationId: string): number =>
  dataOf(state, 'chat-preference', conversationId)?.cleared?.number ?? 0

/** Of a message that was cleared away, its place alone. */
export const blanked = ({ seq, message }: MessageRecord): MessageRecord => ({
  seq,
  message: blankOf(message),
})

/** Drops what is held up to a number. Of the newest message the place stays, for sorting and counting. */
export function clearingOps(state: ReplicaState, conversationId: string, upTo: number): StoreOp[] {
  const window = state.windows.get(conversationId)
  if (!window || upTo === 0 || window.from > upTo) return []
  const last = window.last && window.last.message.number <= upTo ? blanked(window.last) : window.last
  return [{ op: 'clear-window', window: { conversationId, from: 1, last }, upTo }]
}

/** What a message does that stands before the end of what was cleared: it is the newest that there is, or nothing. */
export function clearedMessageOps(state: ReplicaState, record: MessageRecord, upTo: number): StoreOp[] {
  const { conversationId, number } = record.message
  const held = state.windows.get(conversationId)?.last
  if (held && (held.message.number > number || (held.message.number === number && isBlank(held.message))))
    return []
  const window: WindowRecord = { conversationId, from: 1, last: blanked(record) }
  return [{ op: 'clear-window', window, upTo }]
}

/** The place that was kept of the newest message is not needed once there is a newer one. */
export function leavingBlankOps(state: ReplicaState, record: MessageRecord, upTo: number): StoreOp[] {
  const { conversationId, number } = record.message
  const held = state.windows.get(conversationId)
  if (!held?.last || held.last.message.number > upTo || number <= upTo) return []
  return [{ op: 'clear-window', window: { conversationId, from: held.from, last: record }, upTo }]
}
