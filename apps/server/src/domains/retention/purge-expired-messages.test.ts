import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StorageTx } from '../../adapters/storage/contract/storage.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { countUnread } from '../messages/count-unread.ts'
import { editMessage } from '../messages/edit-message.ts'
import { sendMessage } from '../messages/send-message.ts'
import { setDisappearing } from '../messages/set-disappearing.ts'
import { load } from '../sync/catch-up.ts'
import { purgeExpiredMessages } from './purge-expired-messages.ts'
import type { ForgetMessages } from './purge-messages.ts'

const DAY = 86_400
const END = TEST_NOW + DAY * 1_000

let office: TestOrganisation
let amina: Actor
let mei: Actor
let chat: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  chat = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
})

afterEach(() => office.close())

const say = async (text = 'a secret') =>
  (await office.run((tx) => sendMessage(tx, amina, { id: newId(), conversationId: chat, text }, TEST_NOW)))
    .data
const disappear = (after: 86_400 | null) =>
  office.run((tx) => setDisappearing(tx, amina, chat, after, TEST_NOW))
const purge = (now: number, isOver = () => false, forget: readonly ForgetMessages<StorageTx>[] = []) =>
  purgeExpiredMessages(
    {
      run: (_scope, work) => office.run(work),
      read: office.storage.read,
      forget,
    },
    office.scope,
    now,
    isOver,
  )
const page = () => office.storage.read.messages.page(office.scope, chat, { limit: 1_000 })

test('when its time has come a message is really gone, with what hangs on it; all else stays', async () => {
  await say('stays')
  await disappear(DAY)
  for (let count = 0; count < 3; count += 1) await say()
  await disappear(null)
  await say('stays too')
  await purge(END - 1)
  expect(JSON.stringify(await page())).toContain('a secret')
  const forgotten: number[] = []
  await purge(END, undefined, [
    async (_tx, _scope, messages) => void forgotten.push(...messages.map(({ number }) => number)),
  ])
  expect((await page()).map(({ number, text }) => [number, text])).toEqual([
    [1, 'stays'],
    [2, ''],
    [6, ''],
    [7, 'stays too'],
  ])
  expect(forgotten).toEqual([3, 4, 5])
  expect(await office.storage.read.conversations.purged(office.scope, chat)).toMatchObject([
    { from: 3, to: 5, why: 'expired', days: null, memberId: null },
  ])
  expect(JSON.stringify(await load(office.storage.read, mei))).not.toContain('a secret')
})

test('many go in small transactions, and what was interrupted goes on', async () => {
  await disappear(DAY)
  for (let count = 0; count < 450; count += 1) await say()
  let steps = 0
  await purge(END, () => ++steps > 1)
  expect(await page()).toHaveLength(251)
  await purge(END)
  expect(await page()).toHaveLength(1)
})

test('A4: what is gone answers like what never was', async () => {
  await disappear(DAY)
  const { id } = (await say()) ?? { id: '' }
  await purge(END)
  const edit = office.run((tx) => editMessage(tx, amina, { messageId: id, text: 'again' }, TEST_NOW))
  await expect(edit).rejects.toMatchObject({ code: 'not_found' })
})

test('Y12: what has disappeared is not unread, before it is deleted and afterwards', async () => {
  const unread = (now: number) => countUnread(office.storage.read, office.scope, mei.memberId, now)
  await say()
  await disappear(DAY)
  for (let count = 0; count < 3; count += 1) await say()
  await disappear(null)
  await say()
  expect([await unread(END - 1), await unread(END)]).toEqual([5, 2])
  await purge(END)
  expect(await unread(END)).toBe(2)
})
