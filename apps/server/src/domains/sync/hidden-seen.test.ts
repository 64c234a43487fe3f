import type { Mark } from '@parley/contracts/conversations/conversation'
import type { Change } from '@parley/contracts/sync/change'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeCommunication } from '../communication/change-communication.ts'
import { isSeenHidden } from '../conversations/hidden-seen.ts'
import { presentParticipantMarks } from '../conversations/present-participant-marks.ts'
import { raiseMarks } from '../conversations/raise-marks.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { createGroup } from '../groups/create-group.ts'
import { sendMessage } from '../messages/send-message.ts'
import { changePrivacy } from '../presence/change-privacy.ts'
import { membersOf } from './audiences-of.ts'
import { catchUp, load } from './catch-up.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let direct: string
let group: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  direct = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId, luca.memberId] }
  group = (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
})
afterEach(() => office.close())

const hide = (actor: Actor, hideSeen = true) => office.run((tx) => changePrivacy(tx, actor, { hideSeen }))
const say = (actor: Actor, conversationId: string) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text: 'hello' }, TEST_NOW))
const read = async (actor: Actor, conversationId: string, seen: number, delivered = seen) => {
  const marks = [{ conversationId, delivered, seen }]
  return (
    await office.storage.transactions.run(office.scope, (tx) => raiseMarks(tx, actor, marks, TEST_NOW + 1))
  ).changes
}
/** The seen mark of `whose` among what somebody is told; the highest, since marks only rise. */
const seenOf = (whose: Actor, conversationId: string, changes: readonly Change[]) =>
  Math.max(
    -1,
    ...changes.flatMap(({ kind, data }) => {
      const mark = kind === 'mark' ? (data as Mark) : null
      return mark?.memberId === whose.memberId && mark.conversationId === conversationId ? [mark.seen] : []
    }),
  )
const loaded = async (actor: Actor) => (await load(office.storage.read, actor)).changes
const caughtUp = async (actor: Actor, since: number) => {
  const told = await catchUp(office.storage.read, actor, since, 500)
  return told.outcome === 'changes' ? told.changes : []
}
/** What of these changes reaches somebody. */
const heardBy = async (actor: Actor, changes: readonly Change[]) => {
  const heard: Change[] = []
  for (const change of changes) {
    const audience = change.audience as Parameters<typeof membersOf>[2]
    const members = await membersOf(office.storage.read, office.scope, audience, change.seq, Infinity)
    if (members.includes(actor.memberId)) heard.push(change)
  }
  return heard
}

describe.each([
  ['who reads', () => hide(mei)],
  ['who wrote', () => hide(amina)],
])('Y11: in a direct chat, where %s keeps their seen marks to themselves', (_who, hidden) => {
  test('the other learns what was delivered and no more, live, caught up and loaded; the own devices learn all', async () => {
    await hidden()
    await say(amina, direct)
    const { cursor } = await load(office.storage.read, amina)
    const told = [...(await read(mei, direct, 0, 1)), ...(await read(mei, direct, 1))]
    expect(seenOf(mei, direct, await heardBy(amina, told))).toBe(0)
    expect(seenOf(mei, direct, await caughtUp(amina, cursor))).toBe(0)
    expect(seenOf(mei, direct, await loaded(amina))).toBe(0)
    expect((await heardBy(amina, told)).map(({ data }) => (data as Mark).delivered)).toEqual([1])
    expect(seenOf(mei, direct, await heardBy(mei, told))).toBe(1)
    expect(seenOf(mei, direct, await caughtUp(mei, cursor))).toBe(1)
    expect(seenOf(mei, direct, await loaded(mei))).toBe(1)
  })
})

test('Y11: who answers has read, and what is read after it is shown again is known', async () => {
  await hide(mei)
  await say(amina, direct)
  await read(mei, direct, 1)
  await say(mei, direct)
  expect(seenOf(mei, direct, await loaded(amina))).toBe(2)
  await say(amina, direct)
  await read(mei, direct, 3)
  expect(seenOf(mei, direct, await loaded(amina))).toBe(2)
  await hide(mei, false)
  await say(amina, direct)
  const told = await read(mei, direct, 4)
  expect(seenOf(mei, direct, await heardBy(amina, told))).toBe(4)
})

test('Y11: where seen marks are required nothing is hidden', async () => {
  await hide(mei)
  await office.run((tx) => changeCommunication(tx, amina, { seenMarks: 'required' }))
  await say(amina, direct)
  expect(seenOf(mei, direct, await heardBy(amina, await read(mei, direct, 1)))).toBe(1)
  await expect(hide(luca)).rejects.toMatchObject({ code: 'hiding_not_allowed' })
})

describe('Y11: in a group', () => {
  const reach = () => office.storage.read.conversations.reach(office.scope, group)
  const infoFor = async ({ scope, memberId }: Actor) => {
    const { conversations } = office.storage.read
    const hides = await isSeenHidden(office.storage.read, scope, [memberId])
    const { marks } = presentParticipantMarks(await conversations.participants(scope, group), {
      memberId,
      hides,
    })
    return new Map(marks.map((mark) => [mark.memberId, mark]))
  }

  test('who hides it is not counted among those who have read, and message info tells what was delivered', async () => {
    await hide(mei)
    await say(amina, group)
    await read(mei, group, 2)
    await read(luca, group, 0, 2)
    expect(await reach()).toEqual({ delivered: 2, seen: 0 })
    expect((await infoFor(amina)).get(mei.memberId)).toMatchObject({ delivered: 2, seen: 0, seenAt: null })
    expect((await infoFor(mei)).get(mei.memberId)).toMatchObject({ seen: 2, seenAt: TEST_NOW + 1 })
    expect((await infoFor(mei)).get(amina.memberId)).toMatchObject({ seen: 0, seenAt: null })
    await read(luca, group, 2)
    expect(await reach()).toEqual({ delivered: 2, seen: 2 })
  })

  test('where all others hide it nobody is said to have read', async () => {
    await hide(mei)
    await hide(luca)
    await say(amina, group)
    await read(mei, group, 2)
    await read(luca, group, 2)
    expect(await reach()).toMatchObject({ delivered: 2, seen: 0 })
  })
})
