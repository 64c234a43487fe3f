import { expect, test } from 'vitest'
import { chat, later } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'

const raised = (transport: { payloads: readonly { name: string; payload: unknown }[] }) =>
  transport.payloads
    .filter(({ name }) => name === 'marks.raise')
    .map(({ payload }) => (payload as { marks: object[] }).marks)

test('Y11: what arrives is reported as delivered, many messages in one batch', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const other = server.addConversation([ana, ben])
  const a = await liveDevice(server, clock, ana)
  for (let n = 0; n < 5; n++) server.say(ben, conversationId, 'hello')
  server.say(ben, other, 'hello')
  await clock.pass(500)
  expect(raised(a.transport)).toEqual([
    [
      { conversationId, delivered: 5, seen: 0 },
      { conversationId: other, delivered: 1, seen: 0 },
    ],
  ])
})

test('Y11: what was loaded or caught up is reported as delivered too', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  server.say(ben, conversationId, 'before the first load')
  const a = await liveDevice(server, clock, ana)
  await clock.pass(500)
  a.transport.goOffline()
  server.say(ben, conversationId, 'while offline')
  a.transport.online = true
  await clock.pass(5_000)
  expect(server.discussions.get(conversationId)?.marks.get(ana)?.delivered).toBe(2)
})

test('Y11: own messages need no report, and a repeated mark costs nothing', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  await a.client.send(conversationId, 'mine')
  await clock.pass(500)
  expect(raised(a.transport)).toEqual([])
  server.say(ben, conversationId, 'theirs')
  await clock.pass(500)
  for (let n = 0; n < 3; n++) a.client.markSeen(conversationId, 2)
  a.client.markSeen(conversationId, 1)
  await clock.pass(500)
  expect(raised(a.transport)).toHaveLength(2)
})

test('Y12: unread falls as soon as something is seen, offline and over a restart too', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 0; n < 3; n++) server.say(ben, conversationId, 'hello')
  const a = await liveDevice(server, clock, ana)
  await clock.pass(500)
  expect(a.client.totalUnread()).toBe(3)
  a.transport.goOffline()
  a.client.markSeen(conversationId, 2)
  expect(a.client.totalUnread()).toBe(1)
  await clock.pass(500)
  await a.client.stop()

  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  expect(again.client.totalUnread()).toBe(1)
  again.transport.online = true
  await clock.pass(10_000)
  expect(server.discussions.get(conversationId)?.marks.get(ana)?.seen).toBe(2)
  expect((await again.store.readAll()).marks).toEqual([])
})

test('Y11: a mark beyond the last message counts as the last message', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  server.say(ben, conversationId, 'hello')
  const a = await liveDevice(server, clock, ana)
  a.client.markSeen(conversationId, 99)
  await clock.pass(500)
  server.say(ben, conversationId, 'again')
  await clock.pass(10)
  expect(a.client.totalUnread()).toBe(1)
})

test('Y11: a conversation that is gone does not hold back the marks of the others', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const other = server.addConversation([ana, ben])
  const a = await liveDevice(server, clock, ana)
  a.transport.refuse = (name, payload) =>
    name === 'marks.raise' && JSON.stringify(payload).includes(other) ? { code: 'not_found' } : null
  server.say(ben, other, 'hello')
  server.say(ben, conversationId, 'hello')
  await clock.pass(1_000)
  expect(server.discussions.get(conversationId)?.marks.get(ana)?.delivered).toBe(1)
  const before = raised(a.transport).length
  await clock.pass(60_000)
  expect(raised(a.transport)).toHaveLength(before)
})

test('Y11: what arrives while marks are on their way is reported right after them', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'marks.raise' ? promise : null)
  server.say(ben, conversationId, 'on a slow line')
  await clock.pass(500)
  server.say(ben, conversationId, 'meanwhile')
  await clock.pass(500)
  expect(raised(a.transport)).toHaveLength(1)
  arrive()
  const settled = a.client.settled()
  await clock.pass(500)
  await settled
  expect(server.discussions.get(conversationId)?.marks.get(ana)?.delivered).toBe(2)
})

test('Y11: marks that are said one by one are said again when the server could not listen', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const other = server.addConversation([ana, ben])
  const a = await liveDevice(server, clock, ana)
  let busy = true
  a.transport.refuse = (name, payload) => {
    if (name !== 'marks.raise') return null
    if (JSON.stringify(payload).includes(other)) return { code: 'not_found' }
    return busy ? { code: 'rate_limited' } : null
  }
  server.say(ben, other, 'hello')
  server.say(ben, conversationId, 'hello')
  await clock.pass(500)
  busy = false
  await clock.pass(10_000)
  expect(server.discussions.get(conversationId)?.marks.get(ana)?.delivered).toBe(1)
  expect((await a.store.readAll()).marks).toEqual([])
})

test('Y11: delivered and seen ask for every other participant', async () => {
  const { server, clock, ana, ben } = chat()
  const cleo = server.addMember('Cleo')
  const group = server.addConversation([ana, ben, cleo])
  const a = await liveDevice(server, clock, ana)
  await a.client.send(group, 'to both')
  await clock.pass(10)
  const delivery = () => a.client.conversation(group)?.messages[0]?.delivery
  expect(delivery()).toBe('sent')
  server.raiseMark(ben, group, 1, 1)
  await clock.pass(10)
  expect(delivery()).toBe('sent')
  server.raiseMark(cleo, group, 1, 0)
  await clock.pass(10)
  expect(delivery()).toBe('delivered')
  server.raiseMark(cleo, group, 1, 1)
  await clock.pass(10)
  expect(delivery()).toBe('seen')
})

test('Y11: a hidden tab reports at once, since its timers are put off', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.platform.setVisible(false)
  server.say(ben, conversationId, 'hello')
  await clock.pass(0)
  expect(raised(a.transport)).toHaveLength(1)
})
