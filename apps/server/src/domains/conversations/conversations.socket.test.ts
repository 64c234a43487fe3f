import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { conversationEvents } from './conversations.socket.ts'
import { startDirectConversation } from './start-direct-conversation.ts'
import { TYPERS_MAX } from './typing-bound.ts'

let office: TestOrganisation
let heard: { members: readonly string[]; payload: unknown }[]
let away: Set<string>
let people: Actor[]

beforeEach(async () => {
  office = await openTestOrganisation()
  heard = []
  away = new Set()
  people = []
  for (let index = 0; index < 8; index += 1) people.push(await office.join(`Colleague${index}`))
})

afterEach(() => office.close())

function typing() {
  const { signalTyping } = conversationEvents({
    run: () => Promise.reject(new Error('typing writes nothing')),
    read: office.storage.read,
    realtime: { toMembers: (members, _signal, payload) => void heard.push({ members, payload }) },
    clock: { now: () => TEST_NOW },
    isActive: (memberId) => !away.has(memberId),
  })
  return (actor: Actor, conversationId: string) =>
    signalTyping({ actor, payload: { conversationId, typing: true }, connectionId: 'c' })
}

async function makeGroup(): Promise<string> {
  const [first] = people
  const conversation = {
    id: office.scope.replace(/^./, '1'),
    kind: 'group' as const,
    memberIds: people.map(({ memberId }) => memberId),
    createdBy: first?.memberId ?? '',
    createdAt: TEST_NOW,
    group: {
      name: 'Harbour',
      description: '',
      pictureVersion: null,
      adminIds: [],
      announcementOnly: false,
      membersMayAdd: false,
      newcomersSeeHistory: true,
    },
  }
  await office.run((tx) => tx.conversations.insert(office.scope, conversation))
  return conversation.id
}

test('Y10: in a group it goes to those who are there, and of a crowd a few are told of', async () => {
  const id = await makeGroup()
  const [one, two, three] = people as [Actor, Actor, Actor]
  away.add(two.memberId)
  const type = typing()
  await type(one, id)
  expect(heard[0]?.members).not.toContain(two.memberId)
  expect(heard[0]?.members).not.toContain(one.memberId)
  expect(heard[0]?.members).toContain(three.memberId)
  for (const actor of people) await type(actor, id)
  expect(new Set(heard.map(({ payload }) => (payload as { memberId: string }).memberId)).size).toBe(
    TYPERS_MAX,
  )
})

test('Y10: in a direct conversation it goes to the other, at a device or not', async () => {
  const [one, two] = people as [Actor, Actor]
  away.add(two.memberId)
  const { id } = await office.run((tx) => startDirectConversation(tx, one, two.memberId, TEST_NOW))
  await typing()(one, id)
  expect(heard).toMatchObject([{ members: [two.memberId] }])
})

test('Y10: nobody signals where they take no part', async () => {
  const id = await makeGroup()
  const stranger = await office.join('Stranger')
  await expect(typing()(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  expect(heard).toEqual([])
})
