import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Change } from '@parley/contracts/sync/change'
import type { StorageTx } from '../../adapters/storage/contract/storage.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeCommunication } from '../communication/change-communication.ts'
import { raiseMarks } from '../conversations/raise-marks.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { addToGroup } from '../groups/add-to-group.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { forgetQuotesOf } from '../messages/delete-message.ts'
import { editMessage } from '../messages/edit-message.ts'
import { forgetMentions } from '../messages/forget-mentions.ts'
import { sendMessage } from '../messages/send-message.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { purgeMessages, type ForgetMessages } from './purge-messages.ts'
import { purgeOldMessages } from './purge-old-messages.ts'

const DAY = 24 * 60 * 60 * 1000
const RETENTION = { why: 'retention', days: 90, memberId: null } as const

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let chat: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  chat = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
})

afterEach(() => office.close())

const say = (actor: Actor, conversationId: string, at: number, text = 'hello') =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text }, at))
const keepFor = (messageRetention: number | null) =>
  office.run((tx) => changeCommunication(tx, amina, { messageRetention }))
const purge = (now = TEST_NOW, forget: readonly ForgetMessages<StorageTx>[] = [], isOver = () => false) =>
  purgeOldMessages(
    {
      run: (_scope, work) => office.run(work),
      read: office.storage.read,
      forget,
    },
    office.scope,
    now,
    isOver,
  )
const numbersIn = async (id: string) =>
  (
    await office.storage.read.messages.pageFrom(office.scope, id, { from: 1, until: Infinity, limit: 1_000 })
  ).map(({ number }) => number)
const since = async (actor: Actor, cursor: number): Promise<Change[]> => {
  const caughtUp = await catchUp(office.storage.read, actor, cursor, 500)
  if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
  return caughtUp.changes
}
const cursorOf = async (actor: Actor) => (await load(office.storage.read, actor)).cursor

/** Says one line on each of these days before now. */
async function sayOn(id: string, ...days: number[]) {
  for (const day of days) await say(amina, id, TEST_NOW - day * DAY, `${String(day)} days ago`)
}

describe('The organisation keeps messages for 90 days', () => {
  test('What later messages quote of those that go, goes with them', async () => {
    const { id: replyTo } = await say(amina, chat, TEST_NOW - 91 * DAY, 'an old secret')
    const given = { id: newId(), conversationId: chat, text: 'Which one?', replyTo }
    await office.run((tx) => sendMessage(tx, mei, given, TEST_NOW - DAY))
    const cursor = await cursorOf(amina)
    await keepFor(90)
    await purge(TEST_NOW, [forgetQuotesOf])
    const told = JSON.stringify([await since(amina, cursor), await load(office.storage.read, mei)])
    expect(told).toContain('Which one?')
    expect(told).not.toContain('an old secret')
    const answer = await office.storage.read.messages.get(office.scope, given.id)
    expect(answer?.extras?.replyTo).toMatchObject({ kind: 'deleted', text: '' })
  })

  test('What is older goes for good; the rest, and its numbers, stay', async () => {
    await sayOn(chat, 200, 91, 90.001, 89.999, 1)
    await keepFor(90)
    await purge()
    expect(await numbersIn(chat)).toEqual([4, 5])
    expect(await office.storage.read.conversations.purged(office.scope, chat)).toEqual([
      { from: 1, to: 3, quiet: 0, why: 'retention', days: 90, memberId: amina.memberId },
    ])
    expect(await say(mei, chat, TEST_NOW)).toMatchObject({ data: { number: 6 } })
  })

  test('Without a rule nothing goes, and a rule taken back stops it', async () => {
    await sayOn(chat, 2_000, 1)
    await purge()
    await keepFor(90)
    await keepFor(null)
    await purge()
    expect(await numbersIn(chat)).toEqual([1, 2])
  })

  test('A rule taken back in the middle stops it there', async () => {
    await sayOn(chat, ...Array.from({ length: 450 }, () => 100), 3)
    await keepFor(90)
    let looks = 0
    const takeBack: ForgetMessages<StorageTx> = async (tx) => {
      await changeCommunication(tx, amina, { messageRetention: null })
    }
    await purge(TEST_NOW, [takeBack], () => (looks += 1) > 1_000)
    expect(looks).toBeLessThan(100)
    expect(await numbersIn(chat)).toHaveLength(251)
  })

  test('A long history goes in small transactions, and what was interrupted goes on', async () => {
    await sayOn(chat, ...Array.from({ length: 450 }, () => 100), 3)
    await keepFor(90)
    let batches = 0
    const count: ForgetMessages<StorageTx> = (_tx, _scope, messages) => {
      batches += 1
      expect(messages.length).toBeLessThanOrEqual(200)
      return Promise.resolve()
    }
    await purge(TEST_NOW, [count], () => batches >= 1)
    expect(await numbersIn(chat)).toHaveLength(251)
    await purge(TEST_NOW, [count])
    expect(batches).toBe(3)
    expect(await numbersIn(chat)).toEqual([451])
    expect(await office.storage.read.conversations.purged(office.scope, chat)).toMatchObject([
      { from: 1, to: 450 },
    ])
  })

  test('T4: what else hangs on a message goes in the same transaction, or neither does', async () => {
    await sayOn(chat, 100)
    await keepFor(90)
    await expect(purge(TEST_NOW, [() => Promise.reject(new Error('disk full'))])).rejects.toThrow('disk full')
    expect(await numbersIn(chat)).toEqual([1])
  })

  test('As days pass the same rule reaches further, and its range grows', async () => {
    await sayOn(chat, 100, 80, 60)
    await keepFor(90)
    await purge()
    await purge(TEST_NOW + 15 * DAY)
    expect(await office.storage.read.conversations.purged(office.scope, chat)).toMatchObject([
      { from: 1, to: 2 },
    ])
    await purge(TEST_NOW + 100 * DAY)
    expect(await numbersIn(chat)).toEqual([])
    expect(await office.storage.read.conversations.purged(office.scope, chat)).toMatchObject([
      { from: 1, to: 3 },
    ])
  })
})

describe('Who is told', () => {
  test('Y9: who was away hears which numbers are gone, and of what was edited before it went', async () => {
    await sayOn(chat, 100, 95)
    const first = (
      await office.storage.read.messages.pageFrom(office.scope, chat, { from: 1, until: Infinity, limit: 1 })
    )[0]
    const cursor = await cursorOf(mei)
    const edit = { messageId: first?.id ?? '', text: 'another' }
    await office.run((tx) => editMessage(tx, amina, edit, TEST_NOW - 100 * DAY))
    await keepFor(90)
    await purge()
    const changes = await since(mei, cursor)
    const purges = changes.filter(({ kind }) => kind === 'purge')
    expect(purges).toMatchObject([{ id: chat, data: { ranges: [{ from: 1, to: 2, days: 90 }] } }])
    expect(changes.filter(({ kind }) => kind === 'message')).toMatchObject([{ id: first?.id, data: null }])
    expect((await load(office.storage.read, mei)).changes.filter(({ kind }) => kind === 'message')).toEqual(
      [],
    )
    // what is only said to be gone is dropped from the feed in time (Y8)
    const audience = `conversation:${chat}` as const
    const entries = await office.storage.read.changes.entriesSince(office.scope, [audience], cursor, 10)
    expect(entries.filter(({ kind }) => kind === 'message')).toMatchObject([{ gone: true }])
  })

  test('A small change or two a transaction, whatever the number of messages and members', async () => {
    await sayOn(chat, ...Array.from({ length: 150 }, () => 100))
    await office.run((tx) =>
      raiseMarks(tx, mei, [{ conversationId: chat, delivered: 150, seen: 150 }], TEST_NOW),
    )
    const messages = await office.storage.read.messages.pageFrom(office.scope, chat, {
      from: 1,
      until: Infinity,
      limit: 150,
    })
    const { changes } = await office.storage.transactions.run(office.scope, (tx) =>
      purgeMessages(
        tx,
        office.scope,
        messages,
        { why: 'retention', days: 90, memberId: null },
        { forget: [], now: 0 },
      ),
    )
    // the mark is their sender's, which nothing but the messages had told
    expect(changes.map(({ kind }) => kind)).toEqual(['purge', 'mark'])
  })

  test('Y12: what is gone is unread by nobody', async () => {
    await sayOn(chat, 100, 95, 50)
    await keepFor(90)
    await purge()
    const mark = await office.storage.read.conversations.mark(office.scope, chat, mei.memberId)
    expect(mark).toMatchObject({ seen: 2, delivered: 2 })
    await office.run((tx) => raiseMarks(tx, mei, [{ conversationId: chat, delivered: 1, seen: 1 }], TEST_NOW))
    expect(await office.storage.read.conversations.mark(office.scope, chat, mei.memberId)).toMatchObject({
      seen: 2,
    })
  })

  test('Who left a group and kept its past keeps only what is still there', async () => {
    const old = TEST_NOW - 100 * DAY
    const given = { name: 'Harbour', description: '', memberIds: [mei.memberId, luca.memberId] }
    const { id } = await office.run((tx) => createGroup(tx, amina, given, old))
    await say(amina, id, old)
    const removal = { memberId: mei.memberId, keepsHistory: true }
    await office.run((tx) => removeFromGroup(tx, amina, id, removal, old))
    await say(amina, id, TEST_NOW, 'among us')
    const cursor = await cursorOf(mei)
    await keepFor(90)
    await purge()
    const told = (await since(mei, cursor)).filter(({ audience }) => audience === `member:${mei.memberId}`)
    expect(told.filter(({ kind }) => kind === 'purge')).toMatchObject([
      { id, data: { ranges: [{ from: 1, to: 3 }] } },
    ])
    expect(told.filter(({ kind }) => kind === 'conversation')).toMatchObject([
      { id, data: { kept: { last: null } } },
    ])
    const loaded = (await load(office.storage.read, mei)).changes.filter((change) => change.id === id)
    expect(loaded.filter(({ kind }) => kind === 'conversation')).toMatchObject([
      { data: { kept: { last: null } } },
    ])
    expect(JSON.stringify(await since(mei, 0))).not.toContain('among us')
  })

  test('Y9, Y5: who left a group hears live of no more than they keep, and nothing where that stays; back in it, of everything', async () => {
    const old = TEST_NOW - 100 * DAY
    const given = { name: 'Harbour', description: '', memberIds: [mei.memberId, luca.memberId] }
    const { id } = await office.run((tx) => createGroup(tx, amina, given, old))
    const removal = { memberId: mei.memberId, keepsHistory: true }
    await office.run((tx) => removeFromGroup(tx, amina, id, removal, old))
    for (let number = 3; number <= 6; number += 1) await say(amina, id, old)
    /** What Mei hears of the deleting of these messages, told live. */
    const heardOf = async (from: number, until: number) => {
      const { storage, scope } = office
      const messages = await storage.read.messages.pageFrom(scope, id, { from, until, limit: 10 })
      const work = (tx: StorageTx) =>
        purgeMessages(tx, scope, messages, RETENTION, { forget: [], now: TEST_NOW })
      const { changes } = await storage.transactions.run(scope, work)
      return changes.filter(({ audience }) => audience === `member:${mei.memberId}`)
    }
    const purges = (changes: readonly Change[]) =>
      changes.filter((one) => one.kind === 'purge' && one.id === id)
    const { cursor } = await load(office.storage.read, mei)
    expect(await heardOf(4, 6)).toEqual([])
    expect(await since(mei, cursor)).toEqual([])
    const live = await heardOf(1, 3)
    expect(purges(live)).toMatchObject([{ data: { ranges: [{ from: 1, to: 2, why: 'retention' }] } }])
    expect(purges(live)[0]?.data).toEqual(purges(await since(mei, cursor))[0]?.data)
    expect(purges(live)[0]?.data).toEqual(purges((await load(office.storage.read, mei)).changes)[0]?.data)
    await office.run((tx) => addToGroup(tx, amina, id, [mei.memberId], TEST_NOW))
    // what is newest of it holds, and stands in what is loaded of the group
    const back = purges((await load(office.storage.read, mei)).changes).toSorted((a, b) => a.seq - b.seq)
    expect(back.at(-1)).toMatchObject({
      audience: `conversation:${id}`,
      data: { ranges: [{ from: 1, to: 6 }] },
    })
    // and whoever leaves then keeps the line that says it
    await office.run((tx) => removeFromGroup(tx, amina, id, removal, TEST_NOW))
    const again = purges((await load(office.storage.read, mei)).changes)
    expect(again).toMatchObject([
      { audience: `member:${mei.memberId}`, data: { ranges: [{ from: 1, to: 6 }] } },
    ])
    expect(again[0]?.seq).toBeGreaterThan(back.at(-1)?.seq ?? Infinity)
  })

  test('Who joins a group later hears what of its past is gone', async () => {
    const old = TEST_NOW - 100 * DAY
    const given = { name: 'Harbour', description: '', memberIds: [mei.memberId] }
    const { id } = await office.run((tx) => createGroup(tx, amina, given, old))
    await say(amina, id, TEST_NOW)
    await keepFor(90)
    await purge()
    await office.run((tx) => addToGroup(tx, amina, id, [luca.memberId], TEST_NOW))
    const { changes } = await load(office.storage.read, luca)
    expect(changes.filter(({ kind }) => kind === 'purge')).toMatchObject([
      { id, data: { ranges: [{ from: 1, to: 1 }] } },
    ])
  })
})

test('Where the newest messages go and older ones stay, the newest of those is told again', async () => {
  await sayOn(chat, 3, 2, 1)
  const messages = await office.storage.read.messages.pageFrom(office.scope, chat, {
    from: 2,
    until: Infinity,
    limit: 5,
  })
  const cursor = await cursorOf(mei)
  const reason = { why: 'expired', days: null, memberId: null } as const
  await office.run((tx) => purgeMessages(tx, office.scope, messages, reason, { forget: [], now: TEST_NOW }))
  const told = (await since(mei, cursor)).filter(({ kind }) => kind === 'message')
  expect(told).toMatchObject([{ data: { number: 1, text: '3 days ago' } }])
  expect(await say(mei, chat, TEST_NOW)).toMatchObject({ data: { number: 4 } })
  await keepFor(1)
  await purge(TEST_NOW + 10 * DAY)
  expect(await office.storage.read.conversations.purged(office.scope, chat)).toMatchObject([
    { from: 1, to: 4, why: 'retention' },
  ])
})

test('Whom a message mentioned is mentioned no longer, and is told so once', async () => {
  const old = TEST_NOW - 100 * DAY
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId] }
  const { id } = await office.run((tx) => createGroup(tx, amina, given, old))
  for (const at of [old, old, TEST_NOW]) {
    const message = { id: newId(), conversationId: id, text: '@Mei', mentions: { memberIds: [mei.memberId] } }
    await office.run((tx) => sendMessage(tx, amina, message, at))
  }
  const cursor = await cursorOf(mei)
  await keepFor(90)
  await purge(TEST_NOW, [forgetMentions])
  expect(await office.storage.read.messages.mentions(office.scope, id, mei.memberId, 10)).toEqual([4])
  const told = (await since(mei, cursor)).filter(({ kind }) => kind === 'mentioned')
  expect(told).toMatchObject([{ audience: `member:${mei.memberId}`, data: { numbers: [4] } }])
})
