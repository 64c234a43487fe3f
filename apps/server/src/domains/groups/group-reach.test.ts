import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { raiseMarks } from '../conversations/raise-marks.ts'
import { deactivateMember } from '../members/switch-member.ts'
import { sendMessage } from '../messages/send-message.ts'
import { addToGroup } from './add-to-group.ts'
import { createGroup } from './create-group.ts'
import { leaveGroup } from './leave-group.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let sara: Actor
let id: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  sara = await office.join('Sara')
  id = await create(mei, [luca, sara])
})

afterEach(() => office.close())

const create = async (actor: Actor, others: readonly Actor[]) => {
  const given = { name: 'Harbour', description: '', memberIds: others.map(({ memberId }) => memberId) }
  return (await office.run((tx) => createGroup(tx, actor, given, TEST_NOW))).id
}
const say = (actor: Actor, conversationId = id) =>
  office.storage.transactions.run(office.scope, (tx) =>
    sendMessage(tx, actor, { id: newId(), conversationId, text: 'hello' }, TEST_NOW),
  )
const raise = async (actor: Actor, delivered: number, seen: number, conversationId = id) =>
  (
    await office.storage.transactions.run(office.scope, (tx) =>
      raiseMarks(tx, actor, [{ conversationId, delivered, seen }], TEST_NOW + 1),
    )
  ).changes
const reach = () => office.storage.read.conversations.reach(office.scope, id)

describe('Y11: marks in a group', () => {
  test('are told to their own member alone, and the group hears when the last of all is further', async () => {
    await say(mei)
    const first = await raise(luca, 2, 1)
    expect(first).toMatchObject([{ audience: `member:${luca.memberId}`, kind: 'mark' }])
    const second = await raise(sara, 2, 2)
    expect(second).toMatchObject([
      { audience: `member:${sara.memberId}`, kind: 'mark' },
      { audience: `conversation:${id}`, kind: 'reach', data: { delivered: 2, seen: 1 } },
    ])
    expect((await raise(sara, 2, 2)).length).toBe(0)
    expect(await reach()).toEqual({ delivered: 2, seen: 1 })
  })

  test('rise by sending too: who writes has read', async () => {
    await say(mei)
    await raise(sara, 2, 2)
    const { changes } = await say(luca)
    expect(changes.map(({ kind }) => kind)).toEqual(['message', 'reach'])
    expect(await reach()).toEqual({ delivered: 2, seen: 2 })
  })

  test('of who has left, or has no access any more, hold nobody back', async () => {
    await say(mei)
    await raise(luca, 2, 2)
    await office.run((tx) => leaveGroup(tx, sara, id, TEST_NOW))
    expect(await reach()).toEqual({ delivered: 2, seen: 2 })
    await office.run((tx) => deactivateMember(tx, amina, luca.memberId, () => Promise.resolve()))
    await office.run((tx) => addToGroup(tx, mei, id, [amina.memberId], TEST_NOW))
    await say(mei)
    await raise(amina, 5, 5)
    expect(await reach()).toEqual({ delivered: 5, seen: 5 })
  })

  test('never fall behind what was told, whoever joins', async () => {
    await say(mei)
    await raise(luca, 2, 2)
    await raise(sara, 2, 2)
    await office.run((tx) => addToGroup(tx, mei, id, [amina.memberId], TEST_NOW))
    expect(await reach()).toEqual({ delivered: 2, seen: 2 })
  })

  test('nobody but oneself is nobody who has received', async () => {
    const alone = await create(mei, [])
    await say(mei, alone)
    expect(await office.storage.read.conversations.reach(office.scope, alone)).toEqual({
      delivered: 0,
      seen: 0,
    })
  })

  test('are kept with their times', async () => {
    await say(mei)
    await raise(luca, 2, 0)
    const marks = await office.storage.read.conversations.participants(office.scope, id)
    expect(marks.map(({ deliveredAt, seenAt }) => [deliveredAt, seenAt])).toEqual([
      [TEST_NOW, TEST_NOW],
      [TEST_NOW + 1, 0],
      [0, 0],
    ])
  })
})

describe('a group of 500', () => {
  const feedGrowth = async (size: number) => {
    const people: Actor[] = []
    for (let index = 0; index < size - 1; index += 1) people.push(await office.join(`P${size}x${index}`))
    const conversationId = await create(mei, people)
    const everybody = [mei, ...people]
    await Promise.all(everybody.map((actor) => raise(actor, 1, 1, conversationId)))
    const audience = `conversation:${conversationId}` as const
    const rows = async () =>
      (await office.storage.read.changes.entriesSince(office.scope, [audience], 0, 1_000_000)).length
    const before = await rows()
    let told = 0
    for (let line = 0; line < 5; line += 1) {
      told += (await say(mei, conversationId)).changes.filter((one) => one.audience === audience).length
      const raised = await Promise.all(
        people.map((actor) => raise(actor, line + 2, line + 2, conversationId)),
      )
      told += raised.flat().filter((one) => one.audience === audience).length
    }
    return { rows: (await rows()) - before, told }
  }

  test('costs the feed no more for a message than one of three, and tells the group as little', async () => {
    const small = await feedGrowth(3)
    const large = await feedGrowth(500)
    expect(large).toEqual(small)
    expect(large).toEqual({ rows: 0, told: 10 })
  }, 60_000)
})
