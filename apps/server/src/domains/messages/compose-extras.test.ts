import { QUOTE_MAX_LENGTH } from '@parley/contracts/messages/bounds'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import type { GivenExtras } from './compose-extras.ts'
import { sendMessage } from './send-message.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let ours: string
let theirs: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  ours = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
  theirs = (await office.run((tx) => startDirectConversation(tx, mei, luca.memberId, TEST_NOW))).id
})

afterEach(() => office.close())

const say = (actor: Actor, conversationId: string, text: string, extras: GivenExtras = {}) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text, ...extras }, TEST_NOW))

test('an answer carries the beginning of what it answers, and a plain message nothing', async () => {
  const asked = await say(amina, ours, 'When does the ferry leave?')
  expect(Object.keys(asked.data ?? {})).not.toContain('replyTo')
  const { data } = await say(mei, ours, 'At nine', { replyTo: asked.id })
  expect(data?.replyTo).toEqual({
    id: asked.id,
    number: 1,
    senderId: amina.memberId,
    kind: 'text',
    text: 'When does the ferry leave?',
  })
})

test('a long text is cut in a quote, and no character in half', async () => {
  const asked = await say(amina, ours, `${'x'.repeat(QUOTE_MAX_LENGTH - 2)}👩 and more`)
  const { data } = await say(mei, ours, 'yes', { replyTo: asked.id })
  expect(data?.replyTo?.text).toBe(`${'x'.repeat(QUOTE_MAX_LENGTH - 2)}…`)
})

test('A4: what is answered or passed on has to be the sender’s to read', async () => {
  const secret = await say(luca, theirs, 'secret')
  for (const extras of [{ replyTo: secret.id }, { forwardOf: secret.id }, { replyTo: newId() }])
    await expect(say(amina, ours, 'and?', extras)).rejects.toMatchObject({ code: 'not_found' })
  await expect(say(mei, ours, 'and?', { replyTo: secret.id })).rejects.toMatchObject({ code: 'not_found' })
  const { data } = await say(mei, ours, 'secret', { forwardOf: secret.id })
  expect(data).toMatchObject({ text: 'secret', forwarded: true })
})

test('Y6: a repeated answer returns the first, with its quote', async () => {
  const asked = await say(amina, ours, 'When?')
  const given = { id: newId(), conversationId: ours, text: 'At nine', replyTo: asked.id }
  const first = await office.run((tx) => sendMessage(tx, mei, given, TEST_NOW))
  expect((await office.run((tx) => sendMessage(tx, mei, given, TEST_NOW))).data).toEqual(first.data)
})
