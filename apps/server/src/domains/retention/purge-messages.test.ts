import { markId } from '@parley/contracts/conversations/mark-id'
import type { Mark } from '@parley/contracts/conversations/conversation'
import type { Change } from '@parley/contracts/sync/change'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { raiseMarks } from '../conversations/raise-marks.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { createGroup } from '../groups/create-group.ts'
import { sendMessage } from '../messages/send-message.ts'
import { changePrivacy } from '../presence/change-privacy.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { purgeMessages } from './purge-messages.ts'

const EXPIRED = { why: 'expired', days: null, memberId: null } as const

let office: TestOrganisation
let amina: Actor
let mei: Actor
let direct: string
let group: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  direct = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId] }
  group = (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
})

afterEach(() => office.close())

const say = async (actor: Actor, conversationId: string): Promise<number> => {
  const message = { id: newId(), conversationId, text: 'hello' }
  return (await office.run((tx) => sendMessage(tx, actor, message, TEST_NOW))).data?.number ?? 0
}
const read = (actor: Actor, conversationId: string, seen: number) =>
  office.run((tx) => raiseMarks(tx, actor, [{ conversationId, delivered: seen, seen }], TEST_NOW))
/** Deletes these messages for good, and gives back the changes. */
async function purge(conversationId: string, from: number, until = from): Promise<readonly Change[]> {
  const { storage, scope } = office
  const messages = await storage.read.messages.pageFrom(scope, conversationId, { from, until, limit: 50 })
  const by = { forget: [], now: TEST_NOW }
  return (await storage.transactions.run(scope, (tx) => purgeMessages(tx, scope, messages, EXPIRED, by)))
    .changes
}
const cursorOf = async (actor: Actor) => (await load(office.storage.read, actor)).cursor
/** How far a member is, by what a device of somebody's hears after a cursor; undefined where it hears nothing of that. */
async function heardOf(whose: Actor, conversationId: string, by: Actor, cursor: number) {
  const told = await catchUp(office.storage.read, by, cursor, 500)
  if (told.outcome !== 'changes') throw new Error(told.outcome)
  const id = markId(conversationId, whose.memberId)
  const marks = told.changes.filter((change) => change.kind === 'mark' && change.id === id)
  return marks.length === 0 ? undefined : Math.max(...marks.map(({ data }) => (data as Mark).seen))
}

test('Y12: in a group, a device that never heard of what its member sent hears that they had read', async () => {
  await say(mei, group)
  await say(mei, group)
  const cursor = await cursorOf(amina)
  const sent = await say(amina, group)
  await say(mei, group)
  // two of those that were unread stand below it and stay, so that no range raises the mark
  await purge(group, sent)
  expect(await heardOf(amina, group, amina, cursor)).toBe(sent)
  expect(await heardOf(amina, group, mei, cursor)).toBeUndefined()
})

test('In a group no more is told of marks than that', async () => {
  const first = await say(amina, group)
  await say(mei, group)
  const later = await say(amina, group)
  await read(mei, group, later)
  const kinds = async (number: number) =>
    (await purge(group, number)).map(({ kind, audience }) => [kind, audience])
  const purged = ['purge', `conversation:${group}`]
  // a later message tells of the mark; of whoever read further it was told then
  expect(await kinds(first)).toEqual([purged])
  expect(await kinds(first + 1)).toEqual([purged])
  expect((await kinds(later)).filter(([kind]) => kind === 'mark')).toEqual([
    ['mark', `member:${amina.memberId}`],
  ])
})

test('What somebody keeps to themselves that they have read is not told to the other by what goes', async () => {
  await office.run((tx) => changePrivacy(tx, mei, { hideSeen: true }))
  for (let count = 0; count < 3; count += 1) await say(amina, direct)
  await read(mei, direct, 1)
  const cursor = await cursorOf(amina)
  await purge(direct, 2, 3)
  expect(await heardOf(mei, direct, amina, cursor)).toBe(0)
  expect(await heardOf(mei, direct, mei, cursor)).toBe(3)
})
