import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { deactivateMember } from '../members/switch-member.ts'
import { sendMessage } from './send-message.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let conversationId: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  const conversation = await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))
  conversationId = conversation.id
})

afterEach(() => office.close())

const say = (actor: Actor, text: string, id = newId(), to = conversationId) =>
  office.run((tx) => sendMessage(tx, actor, { id, conversationId: to, text }, TEST_NOW))

test('Y6: a repeated send returns the first message', async () => {
  const id = newId()
  const first = await say(amina, 'hello', id)
  const second = await say(amina, 'hello', id)
  expect(second.data).toEqual(first.data)
  expect(second.seq).toBe(first.seq)
  expect(await office.storage.read.conversations.lastNumber(office.scope, conversationId)).toBe(1)
})

test('Y7: a hundred sends at once are numbered without gaps, in order of seq', async () => {
  const sent = await Promise.all(
    Array.from({ length: 100 }, (_, index) => say(index % 2 ? amina : mei, `line ${String(index)}`)),
  )
  const byNumber = sent.map(({ seq, data }) => [data?.number ?? 0, seq] as const).sort(([a], [b]) => a - b)
  expect(byNumber.map(([number]) => number)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
  expect(byNumber.every(([, seq], index) => index === 0 || seq > (byNumber[index - 1]?.[1] ?? 0))).toBe(true)
})

test('Y12: sending raises the sender’s own mark, and nobody else’s', async () => {
  await say(amina, 'one')
  await say(amina, 'two')
  const read = office.storage.read.conversations
  expect(await read.mark(office.scope, conversationId, amina.memberId)).toMatchObject({
    delivered: 2,
    seen: 2,
  })
  expect(await read.mark(office.scope, conversationId, mei.memberId)).toMatchObject({ delivered: 0, seen: 0 })
})

test('A4: somebody who does not take part finds no conversation, as if there were none', async () => {
  await expect(say(luca, 'hello')).rejects.toMatchObject({ code: 'not_found' })
  await expect(say(luca, 'hello', newId(), newId())).rejects.toMatchObject({ code: 'not_found' })
})

test('an id that belongs to somebody else’s message is refused and tells nothing', async () => {
  const id = newId()
  await say(amina, 'mine', id)
  await expect(say(mei, 'other', id)).rejects.toMatchObject({ code: 'id_taken' })
  await expect(say(luca, 'other', id)).rejects.toMatchObject({ code: 'not_found' })
})

test('nobody writes to a colleague whose access was switched off, and the text is not kept', async () => {
  await office.run((tx) => deactivateMember(tx, amina, mei.memberId, () => Promise.resolve()))
  await expect(say(amina, 'are you there?')).rejects.toMatchObject({ code: 'recipient_gone' })
  expect(await office.storage.read.conversations.lastNumber(office.scope, conversationId)).toBe(0)
})

test('a message costs at most three statements beside its share of the commit', async () => {
  await say(amina, 'warm')
  const before = office.storage.figures()
  await Promise.all(Array.from({ length: 64 }, (_, index) => say(amina, `line ${String(index)}`)))
  const after = office.storage.figures()
  // per message: look for the id, insert, raise the sender's mark; per group: begin, the organisation's head, commit
  const groups = after.commits - before.commits
  expect(after.statements - before.statements).toBeLessThanOrEqual(64 * 3 + groups * 3)
})
