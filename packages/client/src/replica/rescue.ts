import type { EntityRecord, Meta, StoreBatch, StoreOp } from '../local-store/local-store.ts'
import type { ReplicaState } from './replica-state.ts'

/**
 * The mirror as one batch, for a new store. Messages that only the lost store held are given up: the windows begin where memory
 * begins, and the rest is loaded again when somebody scrolls there.
 */
export function rescueBatch(state: ReplicaState): StoreBatch {
  const ops: StoreOp[] = []
  for (const records of Object.values(state.records)) {
    for (const record of records.values() as Iterable<EntityRecord>) ops.push({ op: 'put-record', record })
  }
  for (const [conversationId, window] of state.windows) {
    window.from = window.shownFrom
    const { from, last, messages: records } = window
    ops.push({ op: 'put-page', window: { conversationId, from, last }, records: [...records] })
  }
  for (const entries of state.outbox.values())
    for (const entry of entries) ops.push({ op: 'put-outbox', entry })
  for (const calls of state.calls.values()) for (const call of calls) ops.push({ op: 'put-call', call })
  for (const [conversationId, text] of state.drafts) ops.push({ op: 'put-draft', conversationId, text })
  for (const mark of state.marks.values()) ops.push({ op: 'put-mark', mark })
  for (const name of Object.keys(state.meta) as (keyof Meta)[]) {
    ops.push({ op: 'put-meta', name, value: state.meta[name] } as StoreOp)
  }
  return ops
}
