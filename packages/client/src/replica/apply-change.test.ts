import type { Change } from '@parley/contracts/sync/change'
import { expect, test } from 'vitest'
import { purgeHistory } from '../testing/fake-purge.ts'
import { deleteMessage, reactTo, editMessage } from '../testing/fake-messages.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { seeded, shuffled, upTo } from '../testing/seeded.ts'
import { Topics } from '../topics/topics.ts'
import { applyChange } from './apply-change.ts'
import { applyOps } from './apply-ops.ts'
import { windowsOf } from './audience-ops.ts'
import { emptyState, type ReplicaState } from './replica-state.ts'

function stateAfter(changes: readonly Change[], audiences: readonly string[]): ReplicaState {
  const state = emptyState()
  const topics = new Topics()
  applyOps(state, windowsOf([], audiences), topics)
  for (const change of changes) applyOps(state, applyChange(state, change), topics)
  return state
}

/** What is held, without the versions of marks, which may be those of any raise. */
function shown(state: ReplicaState): unknown {
  const entities = Object.entries(state.records).map(([kind, records]) =>
    [...records.values()]
      .map(({ id, data, seq }) => (kind === 'mark' ? { id, data } : { id, data, seq }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
  const messages = [...state.windows]
    .sort()
    .map(([id, { from, last, messages }]) => ({ id, from, last, messages }))
  return { entities, messages }
}

function history(seed: number): { changes: Change[]; audiences: string[] } {
  const random = seeded(seed)
  const server = new FakeServer()
  const changes: Change[] = []
  const members = [server.addMember('Ana'), server.addMember('Ben')]
  for (const memberId of members) {
    server.listeners.add({ memberId, push: (pushed) => changes.push(...pushed), signal: () => {} })
  }
  const conversationIds = [server.addConversation(members), server.addConversation(members)]
  for (let step = 0; step < 40; step++) {
    const member = members[upTo(random, 2)] ?? ''
    const conversationId = conversationIds[upTo(random, 2)] ?? ''
    const fate = random()
    if (fate < 0.4) server.say(member, conversationId, `message ${step}`)
    else if (fate < 0.5) {
      const written = server.discussions.get(conversationId)?.messages ?? []
      const { senderId = '', id = '' } = written[upTo(random, written.length)]?.message ?? {}
      editMessage(server, senderId, id, `edited ${step}`)
    } else if (fate < 0.8)
      server.raiseMark(member, conversationId, upTo(random, step + 1), upTo(random, step + 1))
    else if (fate < 0.9) server.rename(member, `Name ${step}`)
    else
      server.append('org', 'department', member, fate < 0.95 ? null : { id: member, name: `Sales ${step}` })
  }
  return { changes, audiences: conversationIds.map((id) => `conversation:${id}`) }
}

test('Y4: any order, with any repeats, leads to the same state', () => {
  for (let seed = 0; seed < 200; seed++) {
    const { changes, audiences } = history(seed)
    const random = seeded(seed + 1_000)
    const repeated = shuffled(random, [...changes, ...changes.filter(() => random() < 0.4)])
    expect(shown(stateAfter(repeated, audiences)), `seed ${seed}`).toEqual(
      shown(stateAfter(changes, audiences)),
    )
  }
})

test('Y4: applying a change twice gives an empty batch the second time', () => {
  const { changes, audiences } = history(7)
  const state = stateAfter(changes, audiences)
  for (const change of changes) expect(applyChange(state, change)).toEqual([])
})

test('a change touches nothing by itself', () => {
  const { changes, audiences } = history(3)
  const state = stateAfter(changes.slice(0, 20), audiences)
  const before = JSON.stringify(shown(state))
  for (const change of changes) applyChange(state, change)
  expect(JSON.stringify(shown(state))).toBe(before)
})

test('a message older than what is held of a conversation is left to paging', () => {
  const { changes } = history(5)
  const messages = changes.filter((change) => change.kind === 'message')
  const third = messages.find(({ data }) => data?.number === 3)
  const first = messages.find(
    ({ data }) => data?.number === 1 && data.conversationId === third?.data?.conversationId,
  )
  if (!third || !first) throw new Error('the history has too few messages')
  const state = emptyState()
  applyOps(state, windowsOf([third], [third.audience]), new Topics())
  expect(applyChange(state, first).some((op) => op.op === 'put-message' && !op.passing)).toBe(false)
})

test('Y12: a message raises the marks of its sender', () => {
  const { changes, audiences } = history(9)
  const message = changes.find((change) => change.kind === 'message')
  if (!message?.data) throw new Error('the history has no message')
  const state = stateAfter([message], audiences)
  const mark = state.records.mark.get(`${message.data.conversationId}:${message.data.senderId}`)
  expect(mark?.data).toMatchObject({ delivered: message.data.number, seen: message.data.number })
})

test('What is gone for good is dropped, kept out, and ends the history where nothing older is left', () => {
  const server = new FakeServer()
  const changes: Change[] = []
  const members = [server.addMember('Ana'), server.addMember('Ben')]
  server.listeners.add({
    memberId: members[0] ?? '',
    push: (pushed) => changes.push(...pushed),
    signal: () => {},
  })
  const id = server.addConversation(members)
  for (let number = 1; number <= 4; number++) server.say(members[1] ?? '', id, `message ${number}`)
  const late = changes.findLast(({ kind, data }) => kind === 'message' && data !== null && data.number === 3)
  purgeHistory(server, id, 3)
  const state = stateAfter(changes, [`conversation:${id}`])
  if (late) applyOps(state, applyChange(state, late), new Topics())
  const window = state.windows.get(id)
  expect(window?.messages.map(({ message }) => message.number)).toEqual([4])
  expect(window).toMatchObject({ from: 1, shownFrom: 1, last: { message: { number: 4 } } })
  purgeHistory(server, id, 4)
  applyOps(
    state,
    changes.slice(-4).flatMap((change) => applyChange(state, change)),
    new Topics(),
  )
  expect(state.windows.get(id)).toMatchObject({ messages: [], last: null })
})

test('Y4: of what people say to a message the newest holds, in any order, and nothing of it when it is deleted', () => {
  const server = new FakeServer()
  const changes: Change[] = []
  const [ana, ben] = [server.addMember('Ana'), server.addMember('Ben')]
  server.listeners.add({ memberId: ana, push: (pushed) => changes.push(...pushed), signal: () => {} })
  const id = server.addConversation([ana, ben])
  const said = server.say(ben, id, 'hello')
  const before = changes.length
  for (const emojis of [['👍'], ['👍', '🎉'], []]) reactTo(server, ana, said?.id ?? '', emojis)
  reactTo(server, ben, said?.id ?? '', ['🙏🏽'])
  editMessage(server, ben, said?.id ?? '', 'hello again')
  const later = changes.slice(before)
  const after = (order: readonly Change[]) =>
    stateAfter([...changes.slice(0, before), ...order], [`conversation:${id}`]).windows.get(id)
  for (let seed = 0; seed < 50; seed++) {
    const order = shuffled(seeded(seed), [...later, ...later])
    const [message] = after(order)?.messages ?? []
    expect(message).toMatchObject({
      message: { text: 'hello again' },
      reactions: { [ana]: { emojis: [] }, [ben]: { emojis: ['🙏🏽'] } },
    })
    expect(after(order)?.last).toEqual(message)
  }
  deleteMessage(server, ben, said?.id ?? '')
  const deletion = changes.at(-1)
  if (!deletion) throw new Error('a deletion is told')
  const [message] = after([deletion, ...later])?.messages ?? []
  expect(message?.message).toMatchObject({ text: '' })
  expect(message?.reactions).toBeUndefined()
})
