import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import { EDITS_MAX } from '@parley/contracts/messages/bounds'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { editMessage } from './edit-message.ts'
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
  conversationId = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
})

afterEach(() => office.close())

const say = (actor: Actor, text: string) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text }, TEST_NOW))
const edit = (actor: Actor, messageId: string, text: string, at = TEST_NOW + 1_000) =>
  office.run((tx) => editMessage(tx, actor, { messageId, text }, at))
const stored = (id: string) => office.storage.read.messages.get(office.scope, id)

test('an edit is told to those who see the message, which keeps its place and says that it was edited', async () => {
  const { cursor } = await load(office.storage.read, mei)
  const { id, data } = await say(amina, 'frist')
  const change = await edit(amina, id, 'first')
  expect(change).toMatchObject({ kind: 'message', id, audience: `conversation:${conversationId}` })
  expect(change.data).toEqual({ ...data, text: 'first', editedAt: TEST_NOW + 1_000 })
  const caughtUp = await catchUp(office.storage.read, mei, cursor, 10)
  if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
  const told = caughtUp.changes.map(({ seq, data: told }) => [seq, (told as { text: string }).text])
  expect(told).toEqual([
    [change.seq - 1, 'first'],
    [change.seq, 'first'],
  ])
  expect(caughtUp.heads[change.audience]).toBe(change.seq)
  const loaded = (await load(office.storage.read, mei)).changes.filter(({ kind }) => kind === 'message')
  expect(loaded).toMatchObject([{ seq: change.seq, data: { text: 'first' } }])
})

test('a message is not edited without end, since what it said before is kept', async () => {
  const { id } = await say(amina, 'version 0')
  for (let version = 1; version <= EDITS_MAX; version += 1) await edit(amina, id, `version ${version}`)
  await expect(edit(amina, id, 'one more')).rejects.toMatchObject({ code: 'edited_too_often' })
  expect(await stored(id)).toMatchObject({ text: `version ${EDITS_MAX}` })
  // the same again changes nothing, and is no edit
  await edit(amina, id, `version ${EDITS_MAX}`)
})

test('Y3: edited messages are caught up page by page, none left out and the newest state last', async () => {
  const { cursor } = await load(office.storage.read, mei)
  const ids: string[] = []
  for (let line = 1; line <= 12; line += 1) ids.push((await say(amina, `line ${line}`)).id)
  for (const id of ids) await edit(amina, id, `edited ${ids.indexOf(id) + 1}`)
  const texts = new Map<number, string>()
  for (let at = cursor, more = true; more;) {
    const page = await catchUp(office.storage.read, mei, at, 5)
    if (page.outcome !== 'changes') throw new Error(page.outcome)
    for (const { kind, data } of page.changes)
      if (kind === 'message' && data) texts.set(data.number, data.text)
    at = page.cursor
    more = page.more
  }
  expect([...texts.values()]).toEqual(ids.map((_, index) => `edited ${index + 1}`))
})

test('what a message said before is kept, and the same text again changes nothing', async () => {
  const { id } = await say(amina, 'one')
  const first = await edit(amina, id, 'two')
  expect((await edit(amina, id, 'two', TEST_NOW + 5_000)).seq).toBe(first.seq)
  await edit(amina, id, 'three', TEST_NOW + 9_000)
  const edits = await office.storage.read.messages.edits(office.scope, id)
  expect(edits.map(({ text, at }) => [text, at - TEST_NOW])).toEqual([
    ['one', 1_000],
    ['two', 9_000],
  ])
})

test('only the sender edits, and others learn nothing about a message they cannot see', async () => {
  const { id } = await say(amina, 'mine')
  await expect(edit(mei, id, 'yours')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(edit(luca, id, 'yours')).rejects.toMatchObject({ code: 'not_found' })
  await expect(edit(amina, newId(), 'nothing')).rejects.toMatchObject({ code: 'not_found' })
  expect(await stored(id)).toMatchObject({ text: 'mine' })
})

test('what was sent too long ago is not edited, by the organisation’s own window', async () => {
  const { id } = await say(amina, 'old')
  const late = TEST_NOW + (DEFAULT_COMMUNICATION.editWindow ?? 0) * 1_000
  await expect(edit(amina, id, 'new', late)).rejects.toMatchObject({ code: 'too_late_to_edit' })
  const communication = { ...DEFAULT_COMMUNICATION, editWindow: null }
  await office.run((tx) => tx.organisations.update(office.scope, { communication }))
  expect((await edit(amina, id, 'new', late)).data?.text).toBe('new')
})
