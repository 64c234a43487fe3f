import { clearedUpTo } from '../replica/clearing.ts'
import { dataOf, marksOf, type ReplicaState } from '../replica/replica-state.ts'

/** How many are held at most. Of what lies further back, what has gone counts as unread until the server tells how far it was purged. */
const COUNTED_MAX = 1_000

/**
 * From which number on memory holds the messages of a conversation in any case: where messages disappear, those of them that were unread are
 * counted one by one (Y12), also the ones that have gone while the program was closed. Infinity where it need not hold any.
 */
export function heldFrom(state: ReplicaState, conversationId: string): number {
  const me = state.meta.session?.memberId
  const last = state.windows.get(conversationId)?.last
  if (me === undefined || !last || !dataOf(state, 'conversation', conversationId)?.disappearing)
    return Infinity
  const read = Math.max(marksOf(state, conversationId, me).seen, clearedUpTo(state, conversationId))
  return read >= last.message.number ? Infinity : Math.max(read + 1, last.message.number - COUNTED_MAX + 1)
}
