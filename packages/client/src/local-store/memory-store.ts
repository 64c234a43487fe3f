import { mergeRecords, withReaction } from '../messages/merge-record.ts'
import {
  emptyMeta,
  type EntityRecord,
  type LocalStore,
  type MessageRecord,
  type Meta,
  type OutboxEntry,
  type PendingMark,
  type QueuedCall,
  type StoreBatch,
  type StoredState,
  type StoreOp,
  type WindowRecord,
} from './local-store.ts'

interface Tables {
  readonly records: Map<string, EntityRecord>
  /** By conversation, then number. */
  readonly messages: Map<string, Map<number, MessageRecord>>
  readonly windows: Map<string, WindowRecord>
  readonly outbox: Map<string, OutboxEntry>
  readonly calls: Map<string, QueuedCall>
  readonly drafts: Map<string, string>
  readonly marks: Map<string, PendingMark>
  meta: Meta
}

const emptyTables = (): Tables => ({
  records: new Map(),
  messages: new Map(),
  windows: new Map(),
  outbox: new Map(),
  calls: new Map(),
  drafts: new Map(),
  marks: new Map(),
  meta: emptyMeta,
})

/**
 * A store in memory: for Node, and where a browser refuses to keep anything.
 * @param sharedByTabs only for tests, where several clients in one process stand for the tabs of a browser
 */
export function memoryStore(sharedByTabs = false): LocalStore {
  let tables = emptyTables()
  return {
    sharedByTabs,
    durable: false,
    async write(batch: StoreBatch) {
      for (const op of batch) applyOp(tables, op)
    },
    async readAll() {
      return readTables(tables)
    },
    async readMeta() {
      return tables.meta
    },
    async readMessages(conversationId, from, before, limit) {
      const numbers = [...(tables.messages.get(conversationId)?.keys() ?? [])]
      const wanted = numbers.filter((number) => number >= from && number < before).sort((a, b) => a - b)
      const chosen = limit === 0 ? [] : wanted.slice(-limit)
      const messages = tables.messages.get(conversationId)
      return chosen.map((number) => messages?.get(number)).filter((record) => record !== undefined)
    },
    async clear() {
      tables = emptyTables()
    },
    async close() {},
    onLost() {},
  }
}

const readTables = (tables: Tables): StoredState => ({
  records: [...tables.records.values()],
  windows: [...tables.windows.values()],
  outbox: [...tables.outbox.values()].sort((a, b) => a.position - b.position),
  calls: [...tables.calls.values()].sort((a, b) => a.position - b.position),
  drafts: new Map(tables.drafts),
  marks: [...tables.marks.values()],
  meta: tables.meta,
})

/** An older state never replaces a newer one (Y4). */
function putNewer(tables: Tables, record: MessageRecord): void {
  const { conversationId, number } = record.message
  putMessage(tables, mergeRecords(tables.messages.get(conversationId)?.get(number), record))
}

function putMessage(tables: Tables, record: MessageRecord): void {
  const { conversationId, number } = record.message
  const messages = tables.messages.get(conversationId) ?? new Map<number, MessageRecord>()
  messages.set(number, record)
  tables.messages.set(conversationId, messages)
}

function applyOp(tables: Tables, op: StoreOp): void {
  switch (op.op) {
    case 'put-record':
      tables.records.set(`${op.record.kind} ${op.record.id}`, op.record)
      return
    case 'forget-record':
      tables.records.delete(`${op.kind} ${op.id}`)
      return
    case 'put-message':
    case 'put-reaction':
    case 'forget-message':
    case 'forget-range':
    case 'put-page':
    case 'open-window':
    case 'forget-conversation':
    case 'clear-window':
      applyHistoryOp(tables, op)
      return
    case 'put-outbox':
      tables.outbox.set(op.entry.id, op.entry)
      return
    case 'forget-outbox':
      tables.outbox.delete(op.id)
      return
    case 'put-call':
      tables.calls.set(op.call.id, op.call)
      return
    case 'forget-call':
      tables.calls.delete(op.id)
      return
    case 'put-draft':
      if (op.text === '') tables.drafts.delete(op.conversationId)
      else tables.drafts.set(op.conversationId, op.text)
      return
    case 'put-mark':
      tables.marks.set(op.mark.conversationId, op.mark)
      return
    case 'forget-mark':
      tables.marks.delete(op.conversationId)
      return
    case 'put-meta':
      tables.meta = { ...tables.meta, [op.name]: op.value }
      return
    case 'forget-replica':
      tables.records.clear()
      tables.messages.clear()
      tables.windows.clear()
      tables.meta = { ...tables.meta, cursor: null, audiences: [] }
  }
}

type HistoryOp = Extract<
  StoreOp,
  {
    op:
      | 'put-message'
      | 'put-reaction'
      | 'forget-message'
      | 'forget-range'
      | 'put-page'
      | 'open-window'
      | 'forget-conversation'
      | 'clear-window'
  }
>

function applyHistoryOp(tables: Tables, op: HistoryOp): void {
  switch (op.op) {
    case 'put-message': {
      if (op.passing) return
      putNewer(tables, op.record)
      const { conversationId } = op.record.message
      if (op.newest)
        tables.windows.set(conversationId, { conversationId, from: op.newest.from, last: op.record })
      return
    }
    case 'put-reaction': {
      const held = tables.messages.get(op.conversationId)?.get(op.number)
      if (op.passing || !held) return
      const record = withReaction(held, op.memberId, op.said)
      putMessage(tables, record)
      const window = tables.windows.get(op.conversationId)
      if (window?.last?.message.number === op.number)
        tables.windows.set(op.conversationId, { ...window, last: record })
      return
    }
    case 'forget-message':
      tables.messages.get(op.conversationId)?.delete(op.number)
      return
    case 'forget-range': {
      const messages = tables.messages.get(op.conversationId)
      for (const number of [...(messages?.keys() ?? [])])
        if (number >= op.from && number <= op.to) messages?.delete(number)
      if (op.window) tables.windows.set(op.conversationId, op.window)
      return
    }
    case 'put-page':
      for (const record of op.records) putMessage(tables, record)
      tables.windows.set(op.window.conversationId, op.window)
      return
    case 'open-window':
      tables.messages.delete(op.window.conversationId)
      if (op.window.last) putMessage(tables, op.window.last)
      tables.windows.set(op.window.conversationId, op.window)
      return
    case 'clear-window': {
      const held = tables.messages.get(op.window.conversationId)
      for (const number of [...(held?.keys() ?? [])]) if (number <= op.upTo) held?.delete(number)
      if (op.window.last) putMessage(tables, op.window.last)
      tables.windows.set(op.window.conversationId, op.window)
      return
    }
    case 'forget-conversation':
      tables.messages.delete(op.conversationId)
      tables.windows.delete(op.conversationId)
  }
}
