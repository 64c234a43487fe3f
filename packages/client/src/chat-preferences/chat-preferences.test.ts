import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import { expect, test } from 'vitest'
import type { ParleyClient } from '../client-api.ts'
import { chat } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'

const row = (client: ParleyClient, id: string) =>
  client.chats().find(({ conversationId }) => conversationId === id)
const texts = (client: ParleyClient, id: string) => client.conversation(id)?.messages.map(({ text }) => text)

test('a pin shows at once, stands first, and reaches the member’s other devices and nobody else', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const other = server.addConversation([ana, ben])
  server.say(ben, other, 'newer')
  const devices = [ana, ana, ben].map((member) => liveDevice(server, clock, member))
  const [a, a2, b] = await Promise.all(devices)
  await a?.client.changeChat(conversationId, { pinned: true })
  expect(a?.client.chats().map((chat) => chat.pinned)).toEqual([true, false])
  await clock.pass(100)
  expect(a2?.client.chats()[0]).toMatchObject({ conversationId, pinned: true })
  expect(b?.client.chats().some(({ pinned }) => pinned)).toBe(false)
})

test('Y6: what is wanted offline outlives the program and is told when the server can be reached', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await a.client.changeChat(conversationId, { archived: true })
  await a.client.changeChat(conversationId, { mutedUntil: MUTED_ALWAYS })
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  expect(row(again.client, conversationId)).toMatchObject({ archived: true, muted: true })
  again.transport.online = true
  await clock.pass(60_000)
  const fresh = await liveDevice(server, clock, ana)
  expect(row(fresh.client, conversationId)).toMatchObject({ archived: true, muted: true })
  expect(again.transport.log.filter((name) => name === 'changeChatPreference')).toHaveLength(1)
})

test('Y6: an answer that is lost is asked for again, and does no harm', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.loseAnswers.add('changeChatPreference')
  await a.client.changeChat(conversationId, { pinned: true })
  await clock.pass(3_000)
  expect(row(a.client, conversationId)?.pinned).toBe(true)
  a.transport.loseAnswers.clear()
  await clock.pass(60_000)
  await a.client.settled()
  expect(row(a.client, conversationId)?.pinned).toBe(true)
})

test('what is refused for good shows as it was again, and holds up nothing', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const other = server.addConversation([ana, ben])
  const a = await liveDevice(server, clock, ana)
  a.transport.refuse = (_, payload) =>
    (payload as { pinned?: boolean } | null)?.pinned ? { code: 'too_many_pinned_chats' } : null
  await a.client.changeChat(conversationId, { pinned: true })
  await a.client.changeChat(other, { archived: true })
  await clock.pass(1_000)
  expect(row(a.client, conversationId)?.pinned).toBe(false)
  expect(row(a.client, other)?.archived).toBe(true)
})

test('a sixth pin is refused at once, also offline', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const more = Array.from({ length: 5 }, () => server.addConversation([ana, ben]))
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  for (const id of more) await a.client.changeChat(id, { pinned: true })
  await expect(a.client.changeChat(conversationId, { pinned: true })).rejects.toMatchObject({
    code: 'too_many_pinned_chats',
  })
})

test('a mute ends by itself, at the server’s time', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  await a.client.changeChat(conversationId, { mutedUntil: a.client.now() + 3_600_000 })
  let heard = 0
  a.client.subscribe('chats', () => (heard += 1))
  expect(row(a.client, conversationId)?.muted).toBe(true)
  await clock.pass(3_599_000)
  expect(row(a.client, conversationId)?.muted).toBe(true)
  heard = 0
  await clock.pass(2_000)
  expect([row(a.client, conversationId)?.muted, heard > 0]).toEqual([false, true])
})

test('an archived chat comes back with a message only where the member wants that', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  server.say(ben, conversationId, 'before')
  const a = await liveDevice(server, clock, ana)
  await a.client.changeChat(conversationId, { archived: true })
  server.say(ben, conversationId, 'after')
  await clock.pass(100)
  expect(row(a.client, conversationId)).toMatchObject({ archived: true, unread: 2 })
  expect(a.client.totalUnread()).toBe(0)
  await a.client.changeChatSettings({ archivedReturn: true })
  expect(row(a.client, conversationId)?.archived).toBe(false)
  await clock.pass(100)
  expect([row(a.client, conversationId)?.archived, a.client.totalUnread()]).toEqual([false, 2])
})

test('Y12: a chat marked unread says so until it is opened, on every device', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const a2 = await liveDevice(server, clock, ana)
  await a.client.changeChat(conversationId, { markedUnread: true })
  await clock.pass(100)
  expect(row(a2.client, conversationId)?.markedUnread).toBe(true)
  expect(a2.client.totalUnread()).toBe(1)
  await a2.client.openConversation(conversationId)
  await clock.pass(100)
  expect([a, a2].map(({ client }) => row(client, conversationId)?.markedUnread)).toEqual([false, false])
})

test('Y12: clearing empties a chat for oneself, at once and offline; what comes later is there', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (const text of ['one', 'two', 'three']) server.say(ben, conversationId, text)
  const [a, a2, b] = await Promise.all([ana, ana, ben].map((member) => liveDevice(server, clock, member)))
  if (!a || !a2 || !b) throw new Error('three devices')
  await a.client.openConversation(conversationId)
  await a2.client.openConversation(conversationId)
  const place = row(a.client, conversationId)?.activeAt
  a.transport.goOffline()
  await a.client.clearChat(conversationId)
  expect(texts(a.client, conversationId)).toEqual([])
  expect(row(a.client, conversationId)).toMatchObject({ lastMessage: null, unread: 0, activeAt: place })
  a.transport.online = true
  await clock.pass(60_000)
  expect(texts(a2.client, conversationId)).toEqual([])
  expect(await a2.store.readMessages(conversationId, 0, 100, 100)).toMatchObject([{ message: { text: '' } }])
  server.say(ben, conversationId, 'four')
  await clock.pass(500)
  for (const { client } of [a, a2]) expect(texts(client, conversationId)).toEqual(['four'])
  expect(row(a.client, conversationId)).toMatchObject({ unread: 1, lastMessage: { text: 'four' } })
  await b.client.openConversation(conversationId)
  expect(texts(b.client, conversationId)).toEqual(['one', 'two', 'three', 'four'])
})
