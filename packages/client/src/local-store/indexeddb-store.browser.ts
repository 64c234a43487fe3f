import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
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

interface Schema extends DBSchema {
  records: { key: [string, string]; value: EntityRecord }
  /** By conversation and number. */
  messages: { key: [string, number]; value: MessageRecord }
  windows: { key: string; value: WindowRecord }
  outbox: { key: string; value: OutboxEntry }
  calls: { key: string; value: QueuedCall }
  drafts: { key: string; value: string }
  marks: { key: string; value: PendingMark }
  meta: { key: string; value: unknown }
}

/** 2: messages and marks count system lines. 3: calls are queued, and messages may change. */
const VERSION = 3
const OPEN_TIMEOUT = 4_000
const stores = ['records', 'messages', 'windows', 'outbox', 'calls', 'drafts', 'marks', 'meta'] as const

type Database = IDBPDatabase<Schema>
type Writing = IDBPTransaction<Schema, typeof stores, 'readwrite'>
type Upgrading = IDBPTransaction<Schema, (typeof stores)[number][], 'versionchange'>

/**
 * A store in the browser's IndexedDB, shared by the tabs of one origin.
 * @param name of the database
 * @throws whatever the browser says when it keeps nothing (private windows, storage switched off)
 */
export async function indexedDbStore(name: string): Promise<LocalStore> {
  const losses = new Set<() => void>()
  const lost = () => {
    for (const listener of losses) listener()
  }
  const opening = openDB<Schema>(name, VERSION, {
    upgrade: createStores,
    terminated: lost,
    // A newer program in another tab wants to change the shape: let it, and go on in memory here.
    blocking: () => {
      void opening.then((database) => database.close())
      lost()
    },
  })
  const database = await inTime(opening)
  return storeOver(database, (listener) => losses.add(listener))
}

/** Some browsers neither open nor refuse; a page must not wait for that. */
async function inTime(opening: Promise<Database>): Promise<Database> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      void opening.then((database) => database.close())
      reject(new Error('IndexedDB does not open'))
    }, OPEN_TIMEOUT)
  })
  try {
    return await Promise.race([opening, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

function createStores(
  database: IDBPDatabase<Schema>,
  before: number,
  _after: number | null,
  upgrading: Upgrading,
): void {
  if (before < 3) database.createObjectStore('calls')
  if (before > 0) {
    forgetReplica(upgrading)
    return
  }
  database.createObjectStore('records')
  database.createObjectStore('messages')
  database.createObjectStore('windows')
  database.createObjectStore('outbox')
  database.createObjectStore('drafts')
  database.createObjectStore('marks')
  database.createObjectStore('meta')
}

/** What the server knows is loaded again in its new shape; what was typed stays. */
function forgetReplica(upgrading: Upgrading): void {
  for (const store of ['records', 'messages', 'windows', 'marks'] as const)
    void upgrading.objectStore(store).clear()
  void upgrading.objectStore('meta').delete('cursor')
  void upgrading.objectStore('meta').delete('audiences')
}

function storeOver(database: Database, onLost: (listener: () => void) => void): LocalStore {
  return {
    sharedByTabs: true,
    durable: true,
    write: (batch) => write(database, batch),
    readAll: () => readAll(database),
    readMeta: async () => readMeta(await readMap(database, 'meta')),
    readMessages: (conversationId, from, before, limit) =>
      readMessages(database, conversationId, from, before, limit),
    async clear() {
      const writing = database.transaction(stores, 'readwrite')
      for (const store of stores) void writing.objectStore(store).clear()
      await writing.done
    },
    async close() {
      database.close()
    },
    onLost,
  }
}

/** What a person typed has to survive a power cut; what the server knows can be loaded again. */
const mustLast = ({ op }: StoreOp) => op === 'put-outbox' || op === 'put-call' || op === 'put-draft'

async function write(database: Database, batch: StoreBatch): Promise<void> {
  const durability = batch.some(mustLast) ? 'strict' : 'relaxed'
  const writing = database.transaction(stores, 'readwrite', { durability })
  try {
    for (const op of batch) {
      if (op.op === 'put-message' && op.passing) continue
      if (op.op === 'put-message' && op.newest === null) await putNewer(writing, op.record)
      else if (op.op === 'put-reaction') await putReaction(writing, op)
      else applyOp(writing, op)
    }
  } catch (error) {
    writing.abort()
    await writing.done.catch(() => {})
    throw error
  }
  await writing.done
}

/** An older state never replaces a newer one (Y4); of messages that are not on the screen, only the store knows what it holds. */
async function putNewer(writing: Writing, record: MessageRecord): Promise<void> {
  const messages = writing.objectStore('messages')
  const key: [string, number] = [record.message.conversationId, record.message.number]
  const held = await messages.get(key)
  const merged = mergeRecords(held, record)
  if (merged !== held) request(messages.put(merged, key))
}

/** Joins what somebody says to a message to it; where it is the last, it stands beside the window too. */
async function putReaction(
  writing: Writing,
  { conversationId, number, memberId, said, passing }: Extract<StoreOp, { op: 'put-reaction' }>,
): Promise<void> {
  const messages = writing.objectStore('messages')
  const held = passing ? undefined : await messages.get([conversationId, number])
  if (!held) return
  const record = withReaction(held, memberId, said)
  if (record !== held) request(messages.put(record, [conversationId, number]))
  const window = await writing.objectStore('windows').get(conversationId)
  if (window?.last?.message.number !== number) return
  request(writing.objectStore('windows').put({ ...window, last: record }, conversationId))
}

/** Requests run in the order in which they are made; their failures end the transaction, which is what is waited for. */
function request(made: Promise<unknown>): void {
  made.catch(() => {})
}

/** What is awaited, because it looks first, is left to others. */
function applyOp(writing: Writing, op: Exclude<StoreOp, { op: 'put-reaction' }>): void {
  switch (op.op) {
    case 'put-record':
      request(writing.objectStore('records').put(op.record, [op.record.kind, op.record.id]))
      return
    case 'forget-record':
      request(writing.objectStore('records').delete([op.kind, op.id]))
      return
    case 'put-message':
    case 'forget-message':
    case 'forget-range':
    case 'put-page':
    case 'open-window':
    case 'forget-conversation':
    case 'clear-window':
      applyHistoryOp(writing, op)
      return
    case 'put-outbox':
      request(writing.objectStore('outbox').put(op.entry, op.entry.id))
      return
    case 'forget-outbox':
      request(writing.objectStore('outbox').delete(op.id))
      return
    case 'put-call':
      request(writing.objectStore('calls').put(op.call, op.call.id))
      return
    case 'forget-call':
      request(writing.objectStore('calls').delete(op.id))
      return
    case 'put-draft':
      if (op.text === '') request(writing.objectStore('drafts').delete(op.conversationId))
      else request(writing.objectStore('drafts').put(op.text, op.conversationId))
      return
    case 'put-mark':
      request(writing.objectStore('marks').put(op.mark, op.mark.conversationId))
      return
    case 'forget-mark':
      request(writing.objectStore('marks').delete(op.conversationId))
      return
    case 'put-meta':
      request(writing.objectStore('meta').put(op.value, op.name))
      return
    case 'forget-replica':
      request(writing.objectStore('records').clear())
      request(writing.objectStore('messages').clear())
      request(writing.objectStore('windows').clear())
      request(writing.objectStore('meta').delete('cursor'))
      request(writing.objectStore('meta').delete('audiences'))
  }
}

type HistoryOp = Extract<
  StoreOp,
  {
    op:
      | 'put-message'
      | 'forget-message'
      | 'forget-range'
      | 'put-page'
      | 'open-window'
      | 'forget-conversation'
      | 'clear-window'
  }
>

function applyHistoryOp(writing: Writing, op: HistoryOp): void {
  const messages = writing.objectStore('messages')
  const windows = writing.objectStore('windows')
  const put = (record: MessageRecord) =>
    request(messages.put(record, [record.message.conversationId, record.message.number]))
  switch (op.op) {
    case 'put-message': {
      put(op.record)
      const { conversationId } = op.record.message
      if (op.newest) {
        request(windows.put({ conversationId, from: op.newest.from, last: op.record }, conversationId))
      }
      return
    }
    case 'forget-message':
      request(messages.delete([op.conversationId, op.number]))
      return
    case 'forget-range': {
      const { conversationId, from, to, window } = op
      request(messages.delete(IDBKeyRange.bound([conversationId, from], [conversationId, to])))
      if (window) request(windows.put(window, conversationId))
      return
    }
    case 'put-page':
      for (const record of op.records) put(record)
      request(windows.put(op.window, op.window.conversationId))
      return
    case 'open-window':
      request(messages.delete(wholeOf(op.window.conversationId)))
      if (op.window.last) put(op.window.last)
      request(windows.put(op.window, op.window.conversationId))
      return
    case 'clear-window':
      request(messages.delete(upTo(op.window.conversationId, op.upTo)))
      if (op.window.last) put(op.window.last)
      request(windows.put(op.window, op.window.conversationId))
      return
    case 'forget-conversation':
      request(messages.delete(wholeOf(op.conversationId)))
      request(windows.delete(op.conversationId))
  }
}

const upTo = (conversationId: string, number: number) =>
  IDBKeyRange.bound([conversationId, 0], [conversationId, number])

const wholeOf = (conversationId: string) => upTo(conversationId, Number.MAX_SAFE_INTEGER)

async function readAll(database: Database): Promise<StoredState> {
  const [records, windows, outbox, calls, drafts, marks, meta] = await Promise.all([
    database.getAll('records'),
    database.getAll('windows'),
    database.getAll('outbox'),
    database.getAll('calls'),
    readMap(database, 'drafts'),
    database.getAll('marks'),
    readMap(database, 'meta'),
  ])
  outbox.sort((a, b) => a.position - b.position)
  calls.sort((a, b) => a.position - b.position)
  return { records, windows, outbox, calls, drafts, marks, meta: readMeta(meta) }
}

async function readMap<S extends 'drafts' | 'meta'>(
  database: Database,
  store: S,
): Promise<Map<string, Schema[S]['value']>> {
  const reading = database.transaction(store)
  const [keys, values] = await Promise.all([reading.store.getAllKeys(), reading.store.getAll()])
  return new Map(keys.map((key, index) => [key, values[index]]))
}

const readMeta = (stored: ReadonlyMap<string, unknown>): Meta => ({
  ...emptyMeta,
  ...Object.fromEntries(stored),
})

async function readMessages(
  database: Database,
  conversationId: string,
  from: number,
  before: number,
  limit: number,
): Promise<MessageRecord[]> {
  if (from >= before || limit <= 0) return []
  const range = IDBKeyRange.bound([conversationId, from], [conversationId, before], false, true)
  // numbers have no gaps: no more of them than wanted are wanted all, and come at once
  if (before - from <= limit) return database.getAll('messages', range)
  const found: MessageRecord[] = []
  let cursor = await database.transaction('messages').store.openCursor(range, 'prev')
  while (cursor && found.length < limit) {
    found.push(cursor.value)
    cursor = await cursor.continue()
  }
  return found.reverse()
}
