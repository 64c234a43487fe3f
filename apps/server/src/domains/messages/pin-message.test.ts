import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { presentKept } from '../conversations/present-conversation.ts'
import { addToGroup } from '../groups/add-to-group.ts'
import { changeGroup } from '../groups/change-group.ts'
import { createGroup } from '../groups/create-group.ts'
import { purgeMessages } from '../retention/purge-messages.ts'
import { deleteMessage } from './delete-message.ts'
import { forgetPinsOf, pinMessage } from './pin-message.ts'
import { sendMessage } from './send-message.ts'

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
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId] }
  chat = (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
})

afterEach(() => office.close())

async function say(text = 'Gate 4', actor = amina): Promise<string> {
  const id = newId()
  await office.run((tx) => sendMessage(tx, actor, { id, conversationId: chat, text }, TEST_NOW))
  return id
}
const pin = (actor: Actor, messageId: string, pinned = true) =>
  office.run((tx) => pinMessage(tx, actor, { messageId, pinned }, TEST_NOW))
const conversation = async () => {
  const found = await office.storage.read.conversations.get(office.scope, chat)
  if (!found) throw new Error('it is there')
  return found
}
const pinned = async () => (await conversation()).pins?.map(({ messageId }) => messageId) ?? []
const notices = async () =>
  (await office.storage.read.messages.page(office.scope, chat, { limit: 100 })).flatMap(
    ({ notice, senderId }) => (notice?.what === 'pinned' ? [{ senderId, number: notice.number }] : []),
  )

test('a message is pinned for everybody, with a line that says so; the same again changes nothing', async () => {
  const id = await say()
  const [change] = await pin(mei, id)
  expect(change).toMatchObject({ kind: 'conversation', audience: `conversation:${chat}` })
  expect(change?.data?.pins).toMatchObject([{ messageId: id, memberId: mei.memberId, at: TEST_NOW }])
  expect(await pin(amina, id)).toEqual([])
  expect(await notices()).toEqual([{ senderId: mei.memberId, number: change?.data?.pins?.[0]?.number }])
  await pin(amina, id, false)
  expect(await pin(amina, id, false)).toEqual([])
  expect(await conversation()).not.toHaveProperty('pins')
  expect(await notices()).toHaveLength(1)
})

test('of a fourth the oldest gives way', async () => {
  const ids = [await say('1'), await say('2'), await say('3'), await say('4')]
  for (const id of ids) await pin(amina, id)
  expect(await pinned()).toEqual(ids.slice(1))
})

test('where only admins write only they pin; what one cannot see cannot be pinned', async () => {
  const id = await say()
  await office.run((tx) => changeGroup(tx, amina, chat, { newcomersSeeHistory: false }, TEST_NOW))
  await office.run((tx) => addToGroup(tx, amina, chat, [luca.memberId], TEST_NOW))
  await expect(pin(luca, id)).rejects.toMatchObject({ code: 'not_found' })
  await office.run((tx) => changeGroup(tx, amina, chat, { announcementOnly: true }, TEST_NOW))
  await expect(pin(mei, id)).rejects.toMatchObject({ code: 'announcement_only' })
  await pin(amina, id)
  // what is pinned says nothing of the words, and goes to nobody who has left
  expect(JSON.stringify((await conversation()).pins)).not.toContain('Gate 4')
  expect(presentKept(await conversation(), 'Harbour', null)).not.toHaveProperty('pins')
})

test('what is deleted, or gone for good, is pinned no more, and cannot be', async () => {
  const ids = [await say('1'), await say('2'), await say('3')] as const
  for (const id of ids) await pin(amina, id)
  await office.run((tx) => deleteMessage(tx, amina, ids[1], TEST_NOW))
  expect(await pinned()).toEqual([ids[0], ids[2]])
  await expect(pin(amina, ids[1])).rejects.toMatchObject({ code: 'message_deleted' })
  const first = await office.storage.read.messages.get(office.scope, ids[0])
  if (!first) throw new Error('it is there')
  const purging = { forget: [forgetPinsOf], now: TEST_NOW }
  const reason = { why: 'retention', days: 1, memberId: null } as const
  await office.run((tx) => purgeMessages(tx, office.scope, [first], reason, purging))
  expect(await pinned()).toEqual([ids[2]])
})
