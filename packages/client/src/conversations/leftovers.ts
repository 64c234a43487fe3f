import { dataOf, type ReplicaState } from '../replica/replica-state.ts'
import type { Leftover } from './leftover.ts'

/** What was written and not sent where the access has ended, as far as this device knows. */
export function leftoversIn(state: ReplicaState): readonly Leftover[] {
  // until something is loaded nothing has ended
  if (state.records.conversation.size === 0 && state.records.member.size === 0) return []
  const isGone = (conversationId: string) => dataOf(state, 'conversation', conversationId) === null
  const drafts = [...state.drafts].map(([conversationId, text]) => ({
    conversationId,
    messageId: null,
    text,
  }))
  const unsent = [...state.outbox.values()].flat().map(({ conversationId, id, text, files = [] }) => ({
    conversationId,
    messageId: id,
    text: text || files.map(({ name }) => name).join(', '),
  }))
  return [...drafts, ...unsent].filter(
    ({ conversationId, text }) => text.trim() !== '' && isGone(conversationId),
  )
}
