import { expect, test } from 'vitest'
import { testId } from '../testing/fake-server.ts'
import type {
  EntityRecord,
  LocalStore,
  MessageRecord,
  OutboxEntry,
  QueuedCall,
  StoreOp,
} from './local-store.ts'

const [a, b] = [testId(1), testId(2)]

const messageRecord = (conversationId: string, number: number, seq = number): MessageRecord => ({
  seq,
  message: {
    id: testId(100 + number),
    conversationId,
    number,
    senderId: testId(9),
    text: `text ${number}`,
    notice: null,
    quiet: 0,
    sentAt: number,
  },
})

const putMessage = (conversationId: string, number: number, from = 1): StoreOp => ({
  op: 'put-message',
  record: messageRecord(conversationId, number),
  newest: { from },
})

const department = (id: string, seq: number, name: string | null): EntityRecord => ({
  kind: 'department',
  id,
  audience: 'org',
  seq,
  data: name === null ? null : { id, name },
})

const entry = (id: string, position: number): OutboxEntry => ({
  id,
  conversationId: a,
  text: `queued ${position}`,
  createdAt: 5,
  position,
  state: 'queued',
  failure: null,
})

const aCall = (id: string, position: number): QueuedCall => ({
  id,
  key: `edit ${id}`,
  route: 'editMessage',
  input: { params: { messageId: id }, body: { text: 'changed' } },
  conversationId: a,
  position,
  state: 'queued',
  failure: null,
})

const numbers = (records: readonly MessageRecord[]) => records.map(({ message }) => message.number)

/**
 * What every local store keeps to.
 * @param open a store, empty at first
 * @param reopen the same store after the program was started again; null where nothing outlives it
 */
export function storeContract(
  title: string,
  open: () => Promise<LocalStore>,
  reopen: ((store: LocalStore) => Promise<LocalStore>) | null,
): void {
  keepsEntities(title, open)
  keepsHistory(title, open)
  keepsWhatIsSaid(title, open)
  keepsWhatWasTyped(title, open)
  if (reopen) outlivesTheProgram(title, open, reopen)
}

type Open = () => Promise<LocalStore>

function keepsEntities(title: string, open: Open): void {
  test(`${title}: an empty store has nothing, and asks for a whole load`, async () => {
    const store = await open()
    const { records, windows, outbox, meta } = await store.readAll()
    expect([records, windows, outbox]).toEqual([[], [], []])
    expect(meta).toMatchObject({ session: null, cursor: null, audiences: [] })
  })

  test(`${title}: a batch is applied in its order, the last word on a thing wins`, async () => {
    const store = await open()
    await store.write([
      { op: 'put-record', record: department(a, 1, 'Sales') },
      { op: 'put-record', record: department(b, 2, 'Support') },
      { op: 'put-record', record: department(a, 3, 'Sales and more') },
      { op: 'forget-record', kind: 'department', id: b },
      { op: 'put-draft', conversationId: a, text: 'first' },
      { op: 'put-draft', conversationId: a, text: 'second' },
      { op: 'put-draft', conversationId: b, text: 'emptied again' },
      { op: 'put-draft', conversationId: b, text: '' },
    ])
    const state = await store.readAll()
    expect(state.records).toEqual([department(a, 3, 'Sales and more')])
    expect([...state.drafts]).toEqual([[a, 'second']])
  })

  test(`${title}: Y4: that something is gone is remembered`, async () => {
    const store = await open()
    await store.write([{ op: 'put-record', record: department(a, 4, null) }])
    expect((await store.readAll()).records).toEqual([department(a, 4, null)])
  })
}

function keepsHistory(title: string, open: Open): void {
  test(`${title}: messages are read by range, the newest of it, oldest first`, async () => {
    const store = await open()
    await store.write([10, 2, 1, 9, 3].map((number) => putMessage(a, number)))
    await store.write([putMessage(b, 1)])
    expect(numbers(await store.readMessages(a, 1, 10, 2))).toEqual([3, 9])
    expect(numbers(await store.readMessages(a, 2, 100, 100))).toEqual([2, 3, 9, 10])
    expect(numbers(await store.readMessages(a, 5, 5, 10))).toEqual([])
    expect(numbers(await store.readMessages(b, 1, 100, 10))).toEqual([1])
    await store.write([{ op: 'forget-message', conversationId: a, number: 9 }])
    expect(numbers(await store.readMessages(a, 1, 100, 2))).toEqual([3, 10])
  })

  test(`${title}: Y4: an older state of a message never replaces a newer one`, async () => {
    const store = await open()
    const put = (seq: number): StoreOp => ({
      op: 'put-message',
      record: messageRecord(a, 1, seq),
      newest: null,
    })
    await store.write([putMessage(a, 1), putMessage(a, 2), put(20), put(15)])
    await store.write([put(12)])
    expect((await store.readMessages(a, 1, 3, 10)).map(({ seq }) => seq)).toEqual([20, 2])
    await store.write([put(21)])
    expect((await store.readMessages(a, 1, 2, 10)).map(({ seq }) => seq)).toEqual([21])
  })

  test(`${title}: a range of messages is dropped, and the window is as it was given`, async () => {
    const store = await open()
    await store.write([1, 2, 3, 4, 5].map((number) => putMessage(a, number)))
    await store.write([putMessage(b, 2)])
    const window = { conversationId: a, from: 1, last: messageRecord(a, 5) }
    await store.write([{ op: 'forget-range', conversationId: a, from: 2, to: 4, window }])
    expect(numbers(await store.readMessages(a, 1, 100, 100))).toEqual([1, 5])
    expect(numbers(await store.readMessages(b, 1, 100, 100))).toEqual([2])
    expect((await store.readAll()).windows).toContainEqual(window)
    await store.write([{ op: 'forget-range', conversationId: a, from: 1, to: 9, window: null }])
    expect(numbers(await store.readMessages(a, 1, 100, 100))).toEqual([])
  })

  test(`${title}: a window brings its last message and where it begins`, async () => {
    const store = await open()
    const last = messageRecord(a, 8)
    await store.write([{ op: 'open-window', window: { conversationId: a, from: 8, last } }])
    const records = [messageRecord(a, 6), messageRecord(a, 7)]
    await store.write([{ op: 'put-page', window: { conversationId: a, from: 6, last }, records }])
    await store.write([putMessage(a, 9, 6)])
    expect((await store.readAll()).windows).toEqual([
      { conversationId: a, from: 6, last: messageRecord(a, 9) },
    ])
    expect(numbers(await store.readMessages(a, 1, 100, 100))).toEqual([6, 7, 8, 9])
  })

  test(`${title}: beginning a window anew drops what was there`, async () => {
    const store = await open()
    await store.write([putMessage(a, 1), putMessage(a, 2), putMessage(b, 1)])
    const last = messageRecord(a, 30)
    await store.write([{ op: 'open-window', window: { conversationId: a, from: 30, last } }])
    expect(numbers(await store.readMessages(a, 1, 100, 100))).toEqual([30])
    await store.write([{ op: 'forget-conversation', conversationId: b }])
    expect(numbers(await store.readMessages(b, 1, 100, 100))).toEqual([])
    expect((await store.readAll()).windows).toHaveLength(1)
  })
}

function keepsWhatIsSaid(title: string, open: Open): void {
  test(`${title}: Y4: what people say to a message is read with it, and outlives what becomes of it`, async () => {
    const store = await open()
    const say = (seq: number, ...emojis: string[]): StoreOp => ({
      op: 'put-reaction',
      conversationId: a,
      number: 2,
      memberId: b,
      said: { seq, emojis },
    })
    await store.write([putMessage(a, 1), putMessage(a, 2), say(12, '👍'), say(11, '🎉')])
    const newer: StoreOp = { op: 'put-message', record: messageRecord(a, 2, 13), newest: null }
    await store.write([newer, say(9)])
    const [, second] = await store.readMessages(a, 1, 3, 10)
    expect(second).toMatchObject({ seq: 13, reactions: { [b]: { seq: 12, emojis: ['👍'] } } })
    expect((await store.readAll()).windows).toMatchObject([{ last: { reactions: { [b]: { seq: 12 } } } }])
    await store.write([{ ...say(20, '👍'), number: 7 } as StoreOp])
    expect(numbers(await store.readMessages(a, 1, 100, 10))).toEqual([1, 2])
  })
}

function keepsWhatWasTyped(title: string, open: Open): void {
  test(`${title}: Y6: the outbox comes back in the order of writing`, async () => {
    const store = await open()
    await store.write([{ op: 'put-outbox', entry: entry(testId(31), 2) }])
    await store.write([{ op: 'put-outbox', entry: entry(testId(32), 1) }])
    await store.write([{ op: 'put-outbox', entry: entry(testId(30), 3) }])
    expect((await store.readAll()).outbox.map(({ position }) => position)).toEqual([1, 2, 3])
    await store.write([{ op: 'forget-outbox', id: testId(32), conversationId: a }])
    expect((await store.readAll()).outbox.map(({ position }) => position)).toEqual([2, 3])
  })

  test(`${title}: Y6: queued calls come back in the order of doing`, async () => {
    const store = await open()
    await store.write([{ op: 'put-call', call: aCall(testId(41), 2) }])
    await store.write([{ op: 'put-call', call: aCall(testId(42), 1) }])
    expect((await store.readAll()).calls).toEqual([aCall(testId(42), 1), aCall(testId(41), 2)])
    const { id, key, conversationId } = aCall(testId(42), 1)
    await store.write([{ op: 'forget-call', id, key, conversationId }])
    expect((await store.readAll()).calls).toEqual([aCall(testId(41), 2)])
  })

  test(`${title}: clearing a window drops what is old, and puts its last message`, async () => {
    const store = await open()
    await store.write([1, 2, 3, 4].map((number) => putMessage(a, number)))
    await store.write([putMessage(b, 1)])
    const last = messageRecord(a, 4)
    await store.write([{ op: 'clear-window', window: { conversationId: a, from: 1, last }, upTo: 3 }])
    expect(numbers(await store.readMessages(a, 1, 100, 100))).toEqual([4])
    expect(numbers(await store.readMessages(b, 1, 100, 100))).toEqual([1])
    expect((await store.readAll()).windows).toContainEqual({ conversationId: a, from: 1, last })
  })

  test(`${title}: forgetting the replica keeps what the server does not have`, async () => {
    const store = await open()
    await store.write([
      putMessage(a, 1),
      { op: 'put-record', record: department(a, 1, 'Sales') },
      { op: 'put-outbox', entry: entry(testId(31), 1) },
      { op: 'put-call', call: aCall(testId(41), 1) },
      { op: 'put-draft', conversationId: a, text: 'half a sentence' },
      { op: 'put-mark', mark: { conversationId: a, delivered: 4, seen: 3, quiet: 0 } },
      { op: 'put-meta', name: 'cursor', value: 17 },
      { op: 'put-meta', name: 'owner', value: b },
      { op: 'forget-replica' },
    ])
    const state = await store.readAll()
    expect([state.records, state.windows, state.meta.cursor]).toEqual([[], [], null])
    expect(await store.readMessages(a, 1, 100, 100)).toEqual([])
    expect(state.calls).toHaveLength(1)
    expect([state.outbox.length, state.drafts.size, state.marks.length, state.meta.owner]).toEqual([
      1,
      1,
      1,
      b,
    ])
  })

  test(`${title}: clearing leaves nothing`, async () => {
    const store = await open()
    await store.write([putMessage(a, 1), { op: 'put-meta', name: 'cursor', value: 17 }])
    await store.clear()
    const { windows, meta } = await store.readAll()
    expect([windows, meta.cursor]).toEqual([[], null])
    expect(await store.readMeta()).toEqual(meta)
  })
}

function outlivesTheProgram(
  title: string,
  open: Open,
  reopen: (store: LocalStore) => Promise<LocalStore>,
): void {
  test(`${title}: what was written is there after a restart`, async () => {
    const store = await open()
    await store.write([putMessage(a, 1), { op: 'put-meta', name: 'cursor', value: 17 }])
    const again = await reopen(store)
    expect((await again.readAll()).meta.cursor).toBe(17)
    expect(numbers(await again.readMessages(a, 1, 100, 100))).toEqual([1])
  })

  test(`${title}: of a batch that cannot be written nothing is kept`, async () => {
    const store = await open()
    await store.write([{ op: 'put-meta', name: 'cursor', value: 17 }])
    const unstorable = (() => {}) as unknown as number
    const batch: StoreOp[] = [putMessage(a, 1), { op: 'put-meta', name: 'cursor', value: unstorable }]
    await expect(store.write(batch)).rejects.toThrow()
    expect((await store.readAll()).meta.cursor).toBe(17)
    expect(await store.readMessages(a, 1, 100, 100)).toEqual([])
  })
}
