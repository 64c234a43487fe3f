import type { ChatPatch } from '@parley/contracts/chat-preferences/chat-preference'
import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { addToGroup } from '../groups/add-to-group.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { sendMessage } from '../messages/send-message.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { changeChatPreference } from './change-chat-preference.ts'
import { changeChatSettings } from './change-chat-settings.ts'
import { countUnread } from '../messages/count-unread.ts'

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
  chat = await direct(amina, mei)
})

afterEach(() => office.close())

const direct = async (one: Actor, other: Actor) =>
  (await office.run((tx) => startDirectConversation(tx, one, other.memberId, TEST_NOW))).id
const want = async (actor: Actor, conversationId: string, patch: ChatPatch) =>
  (await office.run((tx) => changeChatPreference(tx, actor, conversationId, patch))).data
const say = (actor: Actor, conversationId = chat) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text: 'hello' }, TEST_NOW))
const told = async (actor: Actor, since: number) => {
  const caughtUp = await catchUp(office.storage.read, actor, since, 100)
  if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
  return caughtUp.changes.filter(({ kind }) => kind.startsWith('chat-'))
}
const loaded = async (actor: Actor) =>
  (await load(office.storage.read, actor)).changes.filter(({ kind }) => kind.startsWith('chat-'))
const unread = (actor: Actor, now = TEST_NOW) =>
  countUnread(office.storage.read, office.scope, actor.memberId, now)
const group = async (...others: Actor[]) => {
  const memberIds = others.map(({ memberId }) => memberId)
  const given = { name: 'Harbour', description: '', memberIds }
  return (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
}

test('Y9: what somebody wants of a chat is told to their devices alone, caught up and loaded alike', async () => {
  const { cursor } = await load(office.storage.read, mei)
  const wanted = await want(mei, chat, { pinned: true, mutedUntil: MUTED_ALWAYS })
  expect(wanted).toMatchObject({ pinned: true, mutedUntil: MUTED_ALWAYS, archived: null })
  await office.run((tx) => changeChatSettings(tx, mei, { archivedReturn: true }))
  expect((await told(mei, cursor)).map(({ data }) => data)).toEqual([wanted, { archivedReturn: true }])
  expect((await loaded(mei)).map(({ data }) => data)).toEqual([wanted, { archivedReturn: true }])
  expect(await told(amina, cursor)).toEqual([])
  expect(await loaded(amina)).toEqual([])
})

test('five chats can be pinned, and pinning one of them again is no sixth', async () => {
  const chats = [chat, await direct(mei, luca)]
  for (let more = 0; more < 4; more += 1) chats.push(await group(mei))
  for (const id of chats.slice(0, 5)) await want(mei, id, { pinned: true })
  await want(mei, chat, { pinned: true })
  const sixth = chats[5] ?? ''
  await expect(want(mei, sixth, { pinned: true })).rejects.toMatchObject({ code: 'too_many_pinned_chats' })
  await want(mei, chat, { archived: 0 })
  expect(await want(mei, sixth, { pinned: true })).toMatchObject({ pinned: true })
  // the archived one is not pinned any more, and pinning brings it back
  await want(mei, sixth, { pinned: false })
  expect(await want(mei, chat, { pinned: true })).toMatchObject({ pinned: true, archived: null })
})

test('A4: of a chat of others nothing can be wanted, nor of one that does not exist', async () => {
  for (const id of [chat, newId()])
    await expect(want(luca, id, { pinned: true })).rejects.toMatchObject({ code: 'not_found' })
})

test('Y9: who is left nothing of a group wants nothing of it any more; who keeps its history does', async () => {
  const id = await group(mei, luca)
  await want(mei, id, { archived: 1 })
  await want(luca, id, { archived: 1 })
  const { cursor } = await load(office.storage.read, mei)
  const remove = ({ memberId }: Actor, keepsHistory: boolean) =>
    office.run((tx) => removeFromGroup(tx, amina, id, { memberId, keepsHistory }, TEST_NOW))
  await remove(mei, false)
  await remove(luca, true)
  expect(await told(mei, cursor)).toMatchObject([{ id, data: null }])
  expect(await loaded(luca)).toMatchObject([{ id, data: { archived: { number: 1, quiet: 1 } } }])
  await expect(want(mei, id, { pinned: true })).rejects.toMatchObject({ code: 'not_found' })
  await office.run((tx) => addToGroup(tx, amina, id, [mei.memberId], TEST_NOW))
  expect((await loaded(mei)).filter(({ data }) => data !== null)).toEqual([])
})

test('Y12: the badge counts what is unread, but not of muted and archived chats', async () => {
  const other = await direct(mei, luca)
  await say(amina)
  await say(amina)
  await say(luca, other)
  expect(await unread(mei)).toBe(3)
  await want(mei, chat, { mutedUntil: TEST_NOW + 1_000 })
  expect(await unread(mei)).toBe(1)
  expect(await unread(mei, TEST_NOW + 1_000)).toBe(3)
  await want(mei, other, { archived: 1 })
  expect(await unread(mei)).toBe(0)
  await say(luca, other)
  expect(await unread(mei)).toBe(0)
  await office.run((tx) => changeChatSettings(tx, mei, { archivedReturn: true }))
  expect(await unread(mei)).toBe(2)
})

test('Y12: what was cleared is not unread, and a chat that is only marked unread counts as one', async () => {
  await say(amina)
  await say(amina)
  expect(await want(mei, chat, { clearedUpTo: 2 })).toMatchObject({ cleared: { number: 2, quiet: 0 } })
  expect(await unread(mei)).toBe(0)
  await want(mei, chat, { markedUnread: true })
  expect(await unread(mei)).toBe(1)
  await say(amina)
  expect(await unread(mei)).toBe(1)
})

test('clearing goes as far as there are messages, only forwards, and counts the system lines', async () => {
  const id = await group(mei)
  await say(amina, id)
  expect(await want(mei, id, { clearedUpTo: 99 })).toMatchObject({ cleared: { number: 2, quiet: 1 } })
  expect(await want(mei, id, { clearedUpTo: 1 })).toMatchObject({ cleared: { number: 2, quiet: 1 } })
})
