import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import {
  makeChat,
  makeOrganisation,
  noteDepartment,
  numbersOf,
  oneTo,
  raise,
  send,
  sendIn,
  write,
} from '../contract/contract-fixture.ts'
import { opened } from './sqlite-fixture.ts'

/** So that a busy machine does not split what belongs together. */
const UNHURRIED = 60_000

test('T6: transactions asked for in one turn of the event loop share a commit', async () => {
  const storage = opened({ batchMilliseconds: UNHURRIED })
  const chat = await makeChat(storage)
  const before = storage.figures()
  await Promise.all(oneTo(64).map(() => send(storage, chat)))
  const after = storage.figures()
  expect(after.transactions - before.transactions).toBe(64)
  expect(after.commits - before.commits).toBe(1)
})

test('T6: no transaction waits for more than a few milliseconds of others', async () => {
  const storage = opened()
  const chat = await makeChat(storage)
  const sizes: number[] = []
  storage.onCommit((size) => sizes.push(size))
  await Promise.all(oneTo(3_000).map(() => send(storage, chat)))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(3_000)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(512)
})

test('A transaction that only reads costs no commit', async () => {
  const storage = opened()
  const { scope, ana } = await makeChat(storage)
  const before = storage.figures()
  const { result } = await storage.transactions.run(scope, (tx) => tx.members.get(scope, ana.id))
  expect(result).toEqual(ana)
  expect(storage.figures().commits).toBe(before.commits)
})

test('A message costs three statements, a mark one, and their batch three more', async () => {
  const storage = opened({ batchMilliseconds: UNHURRIED })
  const chat = await makeChat(storage)
  const { scope, ana, ben, conversation } = chat
  await send(storage, chat)
  const mark = { conversationId: conversation.id, memberId: ben.id, delivered: 1, seen: 1 }
  await raise(storage, scope, mark)
  const counted = async (work: () => Promise<unknown>) => {
    const before = storage.figures()
    await work()
    const after = storage.figures()
    const batches = after.commits - before.commits
    return after.statements - before.statements - 3 * batches // begin, the organisation's head, commit
  }
  const one = { conversationId: conversation.id, senderId: ana.id }
  const pipeline = () =>
    write(storage, scope, async (tx) => {
      const id = newId()
      expect(await tx.messages.get(scope, id)).toBeNull()
      await tx.conversations.get(scope, conversation.id)
      await tx.members.get(scope, ben.id)
      return sendIn(tx, scope, { ...one, id })
    })
  expect(await counted(() => Promise.all(oneTo(20).map(pipeline)))).toBe(60)
  expect(await counted(() => raise(storage, scope, { ...mark, delivered: 9, seen: 9 }))).toBe(1)
})

test('T4: works after a failed one are run again and lose nothing', async () => {
  const storage = opened({ batchMilliseconds: UNHURRIED })
  const chat = await makeChat(storage)
  const { scope, ana, conversation } = chat
  const runs: number[] = []
  const outcomes = await Promise.allSettled(
    oneTo(10).map((index) =>
      storage.transactions.run(scope, async (tx) => {
        runs.push(index)
        const { data } = await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id })
        await noteDepartment(tx, scope, 'org', newId())
        if (index === 5) throw new Error('no')
        return data?.number
      }),
    ),
  )
  const results = outcomes.map((one) => (one.status === 'fulfilled' ? one.value.result : null))
  expect(results).toEqual([1, 2, 3, 4, null, 5, 6, 7, 8, 9])
  expect(runs.filter((index) => index === 1)).toHaveLength(2)
  expect(await storage.read.changes.head(scope)).toBe(18)
})

test('T4: an organisation’s head is right after its row was forgotten by a failure', async () => {
  const storage = opened()
  const scope = await makeOrganisation(storage)
  const note = () => write(storage, scope, (tx) => noteDepartment(tx, scope, 'org', newId()))
  const failing = () =>
    write(storage, scope, async (tx) => {
      await tx.organisations.update(scope, { name: 'Never' })
      await noteDepartment(tx, scope, 'org', newId())
      throw new Error('no')
    })
  const outcomes = await Promise.allSettled([note(), failing(), note(), failing(), failing(), note()])
  const seqs = outcomes.map((one) => (one.status === 'fulfilled' ? one.value.seq : null))
  expect(seqs).toEqual([1, null, 2, null, null, 3])
  expect(await storage.read.organisations.get(scope)).toMatchObject({ name: 'Aurora Travel' })
  expect(await storage.read.changes.head(scope)).toBe(3)
})

test('T6: a work that waits for something else is undone, says so, and keeps nobody for ever', async () => {
  const storage = opened({ stallMilliseconds: 50 })
  const chat = await makeChat(storage)
  const { scope, ana, conversation } = chat
  let lateWrite: Promise<unknown> | undefined
  const waiting = storage.transactions.run(scope, async (tx) => {
    await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id, text: 'stalled' })
    await sleep(120)
    lateWrite = sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id, text: 'late' })
    await lateWrite
  })
  const others = Promise.all(oneTo(3).map(() => send(storage, chat)))
  await expect(waiting).rejects.toThrow('waited for something other')
  await others
  expect(numbersOf(await storage.read.messages.page(scope, conversation.id, { limit: 9 }))).toEqual([1, 2, 3])
  await sleep(100)
  await expect(lateWrite).rejects.toThrow('over')
  expect(await storage.read.conversations.lastNumber(scope, conversation.id)).toBe(3)
})

test('A work that throws at once is a rejection like any other', async () => {
  const storage = opened()
  const scope = await makeOrganisation(storage)
  const failing = storage.transactions.run(scope, () => {
    throw new Error('at once')
  })
  await expect(failing).rejects.toThrow('at once')
})

test('A transaction writes to its own organisation only', async () => {
  const storage = opened()
  const [scope, other] = [await makeOrganisation(storage), await makeOrganisation(storage)]
  const foreign = write(storage, scope, (tx) => tx.departments.insert(other, { id: newId(), name: 'Theirs' }))
  await expect(foreign).rejects.toThrow('its own organisation')
})
