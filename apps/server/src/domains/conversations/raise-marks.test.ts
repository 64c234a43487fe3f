import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { sendMessage } from '../messages/send-message.ts'
import { raiseMarks } from './raise-marks.ts'
import { startDirectConversation } from './start-direct-conversation.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let conversationId: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  conversationId = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
  for (const text of ['one', 'two', 'three']) {
    await office.run((tx) => sendMessage(tx, amina, { id: newId(), conversationId, text }, TEST_NOW))
  }
})

afterEach(() => office.close())

const raise = (delivered: number, seen: number) =>
  office.storage.transactions.run(office.scope, (tx) =>
    raiseMarks(tx, mei, [{ conversationId, delivered, seen }], TEST_NOW),
  )
const mark = () => office.storage.read.conversations.mark(office.scope, conversationId, mei.memberId)

test('Y11: marks only rise, and a lower one costs no change', async () => {
  await raise(3, 2)
  const { changes } = await raise(1, 1)
  expect(changes).toEqual([])
  expect(await mark()).toMatchObject({ delivered: 3, seen: 2 })
})

test('what was seen was delivered, and nobody has seen more than there is', async () => {
  await raise(0, 99)
  expect(await mark()).toMatchObject({ delivered: 3, seen: 3 })
})

test('a raised mark is one change for the conversation', async () => {
  const { changes } = await raise(2, 1)
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({
    audience: `conversation:${conversationId}`,
    kind: 'mark',
    data: { memberId: mei.memberId, delivered: 2, seen: 1 },
  })
})

test('starting a chat twice, from either side, finds the same one', async () => {
  const again = await office.run((tx) => startDirectConversation(tx, mei, amina.memberId, TEST_NOW))
  expect(again.id).toBe(conversationId)
})

test('nobody starts a chat with themselves', async () => {
  const alone = office.run((tx) => startDirectConversation(tx, mei, mei.memberId, TEST_NOW))
  await expect(alone).rejects.toMatchObject({ code: 'forbidden' })
})
