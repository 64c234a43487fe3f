import type { Mentions } from '@parley/contracts/messages/mentions'
import type { Change } from '@parley/contracts/sync/change'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { deleteMessage } from '../messages/delete-message.ts'
import { editMessage } from '../messages/edit-message.ts'
import { sendMessage } from '../messages/send-message.ts'
import { membersOf } from '../sync/audiences-of.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { addToGroup } from './add-to-group.ts'
import { createGroup } from './create-group.ts'
import { removeFromGroup } from './remove-from-group.ts'

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
  const given = { name: 'Harbour', description: '', memberIds: [luca.memberId, sara.memberId] }
  id = (await office.run((tx) => createGroup(tx, mei, given, TEST_NOW))).id
})

afterEach(() => office.close())

const naming = (...actors: readonly Actor[]): Mentions => ({
  memberIds: actors.map(({ memberId }) => memberId),
})
const say = (actor: Actor, text: string, mentions?: Mentions, conversationId = id) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text, mentions }, TEST_NOW))
const edit = (actor: Actor, messageId: string, text: string, mentions?: Mentions) =>
  office.run((tx) => editMessage(tx, actor, { messageId, text, mentions }, TEST_NOW + 1))
const remove = ({ memberId }: Actor, keepsHistory = true) =>
  office.run((tx) => removeFromGroup(tx, mei, id, { memberId, keepsHistory }, TEST_NOW))
const add = ({ memberId }: Actor) => office.run((tx) => addToGroup(tx, mei, id, [memberId], TEST_NOW))

/** Where somebody is told they are mentioned, by audience; as told last. */
function mentionedIn(changes: readonly Change[]) {
  const told: Record<string, readonly number[] | null> = {}
  for (const change of changes)
    if (change.kind === 'mentioned')
      told[change.audience.slice(0, change.audience.indexOf(':'))] = change.data?.numbers ?? null
  return told
}
const loaded = async (actor: Actor) => mentionedIn((await load(office.storage.read, actor)).changes)
const caughtUp = async (actor: Actor, since = 0) => {
  const told = await catchUp(office.storage.read, actor, since, 100)
  if (told.outcome !== 'changes') throw new Error(told.outcome)
  return mentionedIn(told.changes)
}

test('who is mentioned is told so, they alone, and holds the same whether they hear of it or load it', async () => {
  const { data } = await say(mei, '@Luca please', naming(luca))
  expect(data?.mentions).toEqual({ memberIds: [luca.memberId] })
  expect(await caughtUp(luca)).toEqual({ member: [2] })
  expect(await loaded(luca)).toEqual({ member: [2] })
  expect(await loaded(sara)).toEqual({})
  const [entry] = await office.storage.read.changes.entriesOf(
    office.scope,
    [`member:${luca.memberId}`],
    ['mentioned'],
  )
  expect(await membersOf(office.storage.read, office.scope, entry!.audience, entry!.seq)).toEqual([
    luca.memberId,
  ])
})

test('everybody is called by one line of the feed, however many they are', async () => {
  const before = await office.storage.read.changes.head(office.scope)
  const { data } = await say(mei, '@all the bus leaves', { memberIds: [], all: true })
  expect(data?.mentions).toEqual({ memberIds: [], all: true })
  expect((await office.storage.read.changes.head(office.scope)) - before).toBe(2)
  expect(await loaded(luca)).toEqual({ conversation: [2] })
  expect(await caughtUp(sara)).toEqual({ conversation: [2] })
})

test('a plain message carries nothing of mentions and costs no line for them', async () => {
  const { data, seq } = await say(mei, 'no mention of @Luca')
  expect(data).not.toHaveProperty('mentions')
  expect(await office.storage.read.changes.head(office.scope)).toBe(seq)
})

test('a mention of somebody who has left is a word like others: the text stays, nobody is called', async () => {
  await remove(luca)
  const { data } = await say(mei, '@Luca and @Sara please', naming(luca, sara, sara))
  expect(data).toMatchObject({ text: '@Luca and @Sara please', mentions: naming(sara) })
  expect(await loaded(luca)).toEqual({})
  const { data: alone } = await say(mei, '@Luca', naming(luca))
  expect(alone).not.toHaveProperty('mentions')
})

test('a mention of somebody of elsewhere, or in a chat of two, calls nobody', async () => {
  const { data } = await say(mei, '@Nobody', { memberIds: [newId()] })
  expect(data).not.toHaveProperty('mentions')
  const direct = await office.run((tx) => startDirectConversation(tx, mei, luca.memberId, TEST_NOW))
  const { data: between } = await say(mei, '@Luca', naming(luca), direct.id)
  expect(between).not.toHaveProperty('mentions')
})

test('nobody is called by what they wrote themselves', async () => {
  const { data } = await say(mei, 'I, @Mei', naming(mei))
  expect(data?.mentions).toEqual(naming(mei))
  expect(await loaded(mei)).toEqual({})
})

test('an edit says anew whom a message mentions', async () => {
  const { id: first } = await say(mei, '@Luca', naming(luca))
  await say(mei, '@Luca again', naming(luca))
  await edit(mei, first, '@Sara', naming(sara))
  expect(await loaded(luca)).toEqual({ member: [3] })
  expect(await loaded(sara)).toEqual({ member: [2] })
  await edit(mei, first, 'nobody')
  expect(await loaded(sara)).toEqual({ member: [] })
  expect(await office.storage.read.messages.get(office.scope, first)).not.toHaveProperty('extras.mentions')
})

test('who is removed keeps the mentions of what they keep, and none where they keep nothing', async () => {
  await say(mei, '@Luca @Sara', naming(luca, sara))
  await remove(luca, true)
  await remove(sara, false)
  expect(await loaded(luca)).toEqual({ member: [2] })
  expect(await loaded(sara)).toEqual({ member: null })
})

test('who comes back to a group is told of the mentions that are theirs to see', async () => {
  await say(mei, '@Luca', naming(luca))
  await remove(luca, false)
  const cursor = await office.storage.read.changes.head(office.scope)
  await add(luca)
  expect(await caughtUp(luca, cursor)).toMatchObject({ member: [2] })
})

test('Y9: who has left hears nothing of edits that drop their mention, and holds what they held; back again, what is so now', async () => {
  const { id: first } = await say(mei, '@Luca @Sara', naming(luca, sara))
  await remove(luca, true)
  await remove(sara, false)
  const cursor = await office.storage.read.changes.head(office.scope)
  await edit(mei, first, '@Luca @Sara please', naming(luca, sara))
  expect([await caughtUp(luca, cursor), await loaded(luca)]).toEqual([{}, { member: [2] }])
  expect([await caughtUp(sara, cursor), await loaded(sara)]).toEqual([{}, { member: null }])
  await add(luca)
  await add(sara)
  expect([await caughtUp(luca, cursor), await loaded(luca)]).toEqual([{ member: [] }, { member: [] }])
  expect(await loaded(sara)).toEqual({ member: [] })
})

test('who has left is told that a message which called them is deleted, as nothing of it stays; who keeps nothing is not', async () => {
  const { id: first } = await say(mei, '@Luca @Sara', naming(luca, sara))
  await remove(luca, true)
  await remove(sara, false)
  const cursor = await office.storage.read.changes.head(office.scope)
  await office.run((tx) => deleteMessage(tx, mei, first, TEST_NOW + 1))
  expect([await caughtUp(luca, cursor), await loaded(luca)]).toEqual([{ member: [] }, { member: [] }])
  expect(await caughtUp(sara, cursor)).toEqual({})
})
