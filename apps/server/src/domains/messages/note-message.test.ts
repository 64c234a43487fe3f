import type { Change } from '@parley/contracts/sync/change'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeChatPreference } from '../chat-preferences/change-chat-preference.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { purgeMessages } from '../retention/purge-messages.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { deleteMessage } from './delete-message.ts'
import { listStarred } from './list-starred.ts'
import { forgetNotesOf, hideMessage, starMessage } from './note-message.ts'
import { sendMessage } from './send-message.ts'

let office: TestOrganisation
let mei: Actor
let luca: Actor
let sara: Actor
let id: string

beforeEach(async () => {
  office = await openTestOrganisation()
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  sara = await office.join('Sara')
  const given = { name: 'Harbour', description: '', memberIds: [luca.memberId] }
  id = (await office.run((tx) => createGroup(tx, mei, given, TEST_NOW))).id
})

afterEach(() => office.close())

const say = async (text: string) =>
  (await office.run((tx) => sendMessage(tx, mei, { id: newId(), conversationId: id, text }, TEST_NOW))).id
const star = (actor: Actor, messageId: string, starred = true, now = TEST_NOW) =>
  office.run((tx) => starMessage(tx, actor, { messageId, starred }, now))
const hide = (actor: Actor, messageId: string) =>
  office.run((tx) => hideMessage(tx, actor, messageId, TEST_NOW))
const notes = (changes: readonly Change[]) => changes.filter(({ kind }) => kind === 'own-message')
const told = async (actor: Actor, cursor: number) => {
  const caughtUp = await catchUp(office.storage.read, actor, cursor, 500)
  if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
  return notes(caughtUp.changes)
}
const loaded = async (actor: Actor) => notes((await load(office.storage.read, actor)).changes)
const starredTexts = async (actor: Actor, ...ids: string[]) =>
  (await listStarred(office.storage.read, actor, ids, TEST_NOW)).map(({ text }) => text)

test('Y9: a star is told to the member’s own devices alone, caught up and loaded alike, and can be taken back', async () => {
  const messageId = await say('look at this')
  const { cursor } = await load(office.storage.read, luca)
  const { data } = await star(luca, messageId)
  expect(data).toEqual({ conversationId: id, messageId, number: 2, starredAt: TEST_NOW, hidden: false })
  expect((await star(luca, messageId, true, TEST_NOW + 5)).data).toEqual(data)
  expect((await told(luca, cursor)).map((change) => change.data)).toEqual([data])
  expect((await loaded(luca)).map((change) => change.data)).toEqual([data])
  expect([await told(mei, cursor), await loaded(mei)]).toEqual([[], []])
  expect(await starredTexts(luca, messageId)).toEqual(['look at this'])
  expect(await starredTexts(mei, messageId)).toEqual([])
  expect((await star(luca, messageId, false)).data).toBeNull()
  expect((await loaded(luca)).filter((change) => change.data)).toEqual([])
})

test('A4: of what somebody may not read nothing is noted, as of what does not exist', async () => {
  for (const messageId of [await say('hello'), newId()]) {
    await expect(star(sara, messageId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(hide(sara, messageId)).rejects.toMatchObject({ code: 'not_found' })
  }
})

test('what one deletes for oneself is gone with its star, for good, and stays with the others', async () => {
  const messageId = await say('not for me')
  await star(luca, messageId)
  await star(mei, messageId)
  expect((await hide(luca, messageId)).data).toMatchObject({ starredAt: null, hidden: true })
  await expect(star(luca, messageId)).rejects.toMatchObject({ code: 'not_found' })
  expect(await starredTexts(luca, messageId)).toEqual([])
  expect(await starredTexts(mei, messageId)).toEqual(['not for me'])
})

test('a star goes with its message: deleted for everyone, gone for good, or not the member’s to see any more', async () => {
  const ids = [await say('one'), await say('two'), await say('three')] as const
  for (const messageId of ids) await star(luca, messageId)
  const { cursor } = await load(office.storage.read, luca)
  await office.run((tx) => deleteMessage(tx, mei, ids[0], TEST_NOW))
  expect(await told(luca, cursor)).toMatchObject([{ id: `${id}:${ids[0]}`, data: null }])
  await expect(star(luca, ids[0])).rejects.toMatchObject({ code: 'message_deleted' })
  await office.run(async (tx) => {
    const messages = await tx.messages.getMany(office.scope, [ids[1]])
    const how = { forget: [forgetNotesOf], now: TEST_NOW }
    await purgeMessages(tx, office.scope, messages, { why: 'retention', days: 90, memberId: null }, how)
  })
  expect(await starredTexts(luca, ...ids)).toEqual(['three'])
  await office.run((tx) =>
    removeFromGroup(tx, mei, id, { memberId: luca.memberId, keepsHistory: false }, TEST_NOW),
  )
  expect((await told(luca, cursor)).map(({ data }) => data)).toEqual([null, null, null])
  expect((await loaded(luca)).filter((change) => change.data)).toEqual([])
})

test('of starred messages that were cleared away nothing is shown', async () => {
  const messageId = await say('old')
  await star(luca, messageId)
  await office.run((tx) => changeChatPreference(tx, luca, id, { clearedUpTo: 2 }))
  expect(await starredTexts(luca, messageId)).toEqual([])
})
