import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { deleteMessage } from './delete-message.ts'
import { editMessage } from './edit-message.ts'
import { listEdits } from './list-edits.ts'
import { sendMessage } from './send-message.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let other: Actor
let messageId: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  other = await office.join('Luca', 'admin')
  const { id: conversationId } = await office.run((tx) =>
    startDirectConversation(tx, amina, mei.memberId, TEST_NOW),
  )
  messageId = newId()
  const given = { id: messageId, conversationId, text: 'At nine' }
  await office.run((tx) => sendMessage(tx, mei, given, TEST_NOW))
  for (const [after, text] of ['At ten', 'At eleven'].entries())
    await office.run((tx) => editMessage(tx, mei, { messageId, text }, TEST_NOW + 1 + after))
})

afterEach(() => office.close())

const edits = async (actor: Actor) =>
  (await listEdits(office.storage.read, actor, messageId, TEST_NOW)).map(({ text, at }) => [
    text,
    at - TEST_NOW,
  ])

test('an admin reads what a message said before, oldest first; of a deleted one nothing', async () => {
  expect(await edits(amina)).toEqual([
    ['At nine', 1],
    ['At ten', 2],
  ])
  await office.run((tx) => deleteMessage(tx, mei, messageId, TEST_NOW))
  expect(await edits(amina)).toEqual([])
})

test('an admin who takes no part in the chat reads nothing of it', async () => {
  await expect(edits(other)).rejects.toMatchObject({ code: 'not_found' })
})
