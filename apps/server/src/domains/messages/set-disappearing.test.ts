import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { createGroup } from '../groups/create-group.ts'
import { sendMessage } from './send-message.ts'
import { setDisappearing } from './set-disappearing.ts'

const DAY = 86_400

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

const say = async (actor: Actor, text = 'a secret', conversationId = chat, now = TEST_NOW) =>
  (await office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text }, now))).data
const disappear = (actor: Actor, after: 86_400 | 604_800 | null, conversationId = chat) =>
  office.run((tx) => setDisappearing(tx, actor, conversationId, after, TEST_NOW))
const page = (conversationId = chat) =>
  office.storage.read.messages.page(office.scope, conversationId, { limit: 100 })
const group = async () => {
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId, luca.memberId] }
  return (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
}
test('messages say when they end while the chat is set so, and stay when it is switched off', async () => {
  expect(await say(amina)).not.toHaveProperty('expiresAt')
  await disappear(mei, DAY)
  expect(await say(amina)).toMatchObject({ expiresAt: TEST_NOW + DAY * 1_000 })
  await disappear(mei, null)
  expect(await say(amina)).not.toHaveProperty('expiresAt')
  const lines = (await page()).flatMap(({ notice, senderId }) =>
    notice ? [{ by: senderId, ...notice }] : [],
  )
  expect(lines).toMatchObject([
    { by: mei.memberId, what: 'disappearing', after: DAY },
    { by: mei.memberId, what: 'disappearing', after: null },
  ])
  // the same again says nothing
  await disappear(mei, null)
  expect((await page()).at(-1)?.text).toBe('a secret')
})

test('in a group its admins alone set it, and nobody outside', async () => {
  const id = await group()
  await expect(disappear(mei, DAY, id)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(disappear(luca, DAY, chat)).rejects.toMatchObject({ code: 'not_found' })
  expect((await disappear(amina, 604_800, id)).disappearing).toEqual({ after: 604_800 })
})
