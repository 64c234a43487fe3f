import { markId } from '@parley/contracts/conversations/mark-id'
import type { Change } from '@parley/contracts/sync/change'
import type {
  EntityRecord,
  MessageRecord,
  StoreBatch,
  StoreOp,
  WindowRecord,
} from '../local-store/local-store.ts'
import type { ReplicaState } from './replica-state.ts'

/** The conversation that an audience is, or null. */
export const conversationIn = (audience: string): string | null =>
  audience.startsWith('conversation:') ? audience.slice('conversation:'.length) : null

/**
 * Drops all that is held of an audience (Y9), and what is told to oneself of it: the own mark, the own mentions, and what of a part that was kept for oneself is gone. What was
 * written there and not sent stays in the outbox, and says why it fails.
 */
export function dropAudience(state: ReplicaState, audience: string): StoreBatch {
  const conversationId = conversationIn(audience)
  const me = state.meta.session?.memberId
  const ops = dropHeld(state, audience)
  if (conversationId === null || me === undefined) return ops
  const id = markId(conversationId, me)
  return [
    ...ops,
    { op: 'forget-record', kind: 'mark', id },
    { op: 'forget-record', kind: 'mentioned', id },
    { op: 'forget-record', kind: 'purge', id: conversationId },
  ]
}

function dropHeld(state: ReplicaState, audience: string): StoreBatch {
  const ops: StoreOp[] = []
  for (const records of Object.values(state.records)) {
    for (const record of records.values() as Iterable<EntityRecord>) {
      if (record.audience === audience) ops.push({ op: 'forget-record', kind: record.kind, id: record.id })
    }
  }
  const conversationId = conversationIn(audience)
  if (conversationId === null) return ops
  return [...ops, { op: 'forget-conversation', conversationId }, { op: 'forget-mark', conversationId }]
}

/** The beginnings of history that an answer with the newest message of each conversation allows. */
export function windowsOf(changes: readonly Change[], audiences: readonly string[]): StoreOp[] {
  const windows = new Map<string, WindowRecord>()
  for (const audience of audiences) {
    const conversationId = conversationIn(audience)
    if (conversationId !== null) windows.set(conversationId, { conversationId, from: 1, last: null })
  }
  const ops: StoreOp[] = []
  for (const change of changes) {
    if (change.kind !== 'message' || change.data === null) continue
    const record: MessageRecord = { seq: change.seq, message: change.data }
    const { conversationId, number } = change.data
    const window = windows.get(conversationId)
    if (!window?.last) windows.set(conversationId, { conversationId, from: number, last: record })
    else if (number > window.last.message.number) windows.set(conversationId, { ...window, last: record })
  }
  for (const window of windows.values()) ops.push({ op: 'open-window', window })
  return ops
}

/** Everything an audience holds, in place of what was held of it before. */
export function replaceAudience(
  state: ReplicaState,
  audience: string,
  answer: { readonly changes: readonly Change[]; readonly head: number },
): StoreBatch {
  const present = new Set(answer.changes.map(({ kind, id }) => `${kind} ${id}`))
  const gone = dropHeld(state, audience).filter((op) => {
    if (op.op !== 'forget-record') return false
    const held = state.records[op.kind].get(op.id)
    return !present.has(`${op.kind} ${op.id}`) && (held?.seq ?? 0) <= answer.head
  })
  return [...gone, ...windowsOf(answer.changes, [audience])]
}
