import {
  DatabaseSync,
  type SQLInputValue,
  type StatementResultingChanges,
  type StatementSync,
} from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeChat, numbersOf, oneTo, send, sendIn, type Chat } from '../contract/contract-fixture.ts'
import type { Storage, StorageFault } from '../contract/storage.ts'
import { engineFailure } from './engine-errors.ts'
import { opened } from './sqlite-fixture.ts'

const WRITE = 778
const SYNC = 1034
const SHM_SIZE = 4874
const FULL = 13

/** Which statements fail now, and with which of the engine's codes. */
const failing = new Map<string, number>()
const ioError = (errcode: number) => Object.assign(new Error('disk I/O error'), { errcode })

beforeEach(() => {
  const prepare = DatabaseSync.prototype.prepare
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, text) {
    const statement = prepare.call(this, text)
    const run: (...values: SQLInputValue[]) => StatementResultingChanges = statement.run.bind(statement)
    const runOrFail = (...values: SQLInputValue[]) => {
      const code = failing.get(text)
      if (code !== undefined) throw ioError(code)
      return run(...values)
    }
    statement.run = runOrFail as StatementSync['run']
    return statement
  })
})
afterEach(() => {
  failing.clear()
  vi.restoreAllMocks()
})

function openedWithFaults() {
  const storage = opened()
  const faults: StorageFault[] = []
  storage.onFault((fault) => faults.push(fault))
  return { storage, faults }
}

/** A work that has to be undone. */
const sendAndFail = (storage: Storage, { scope, ana, conversation }: Chat) =>
  storage.transactions.run(scope, async (tx) => {
    await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id })
    throw new Error('no')
  })

const UNAVAILABLE = { code: 'storage_unavailable' }
const numbers = async (storage: Storage, { scope, conversation }: Chat) =>
  numbersOf(await storage.read.messages.page(scope, conversation.id, { limit: 100 }))

test('T4: when undoing fails, every work that waits is refused, nothing is written any more, and it is said once', async () => {
  const { storage, faults } = openedWithFaults()
  const chat = await makeChat(storage)
  await send(storage, chat)
  failing.set('ROLLBACK', WRITE)
  const works = [send(storage, chat), sendAndFail(storage, chat), send(storage, chat)]
  for (const { reason } of (await Promise.allSettled(works)) as PromiseRejectedResult[])
    expect(reason).toMatchObject(UNAVAILABLE)
  failing.clear()
  await expect(send(storage, chat)).rejects.toMatchObject(UNAVAILABLE)
  await expect(storage.ping()).rejects.toMatchObject(UNAVAILABLE)
  expect(faults).toMatchObject([{ stopped: true, error: { cause: { errcode: WRITE } } }])
  expect(await numbers(storage, chat)).toEqual([1])
})

test('T4: when one work cannot be undone alone, its batch is refused, and the next is done', async () => {
  const { storage, faults } = openedWithFaults()
  const chat = await makeChat(storage)
  failing.set('ROLLBACK TO work', WRITE)
  const works = [send(storage, chat), sendAndFail(storage, chat)]
  for (const { reason } of (await Promise.allSettled(works)) as PromiseRejectedResult[])
    expect(reason).toMatchObject(UNAVAILABLE)
  expect(faults).toMatchObject([{ stopped: false, error: UNAVAILABLE }])
  await send(storage, chat)
  expect(await numbers(storage, chat)).toEqual([1])
})

test('A disk that fails is not called full; the operator is told once until it works again', async () => {
  const { storage, faults } = openedWithFaults()
  const chat = await makeChat(storage)
  for (const round of oneTo(2)) {
    failing.set('COMMIT', SYNC)
    await expect(send(storage, chat)).rejects.toMatchObject(UNAVAILABLE)
    await expect(send(storage, chat)).rejects.toMatchObject(UNAVAILABLE)
    expect(faults).toHaveLength(round)
    failing.clear()
    await send(storage, chat)
  }
  expect(faults).toMatchObject([{ stopped: false, error: { cause: { errcode: SYNC } } }, {}])
})

test('Only what finds no room is called full', () => {
  const codes = [FULL, SHM_SIZE, WRITE, SYNC].map((code) => engineFailure(ioError(code))?.code)
  expect(codes).toEqual(['storage_full', 'storage_full', 'storage_unavailable', 'storage_unavailable'])
})
