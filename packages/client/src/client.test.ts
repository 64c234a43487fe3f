import { expect, test } from 'vitest'
import { chat } from './testing/chat.ts'
import { device, liveDevice } from './testing/device.ts'

test('a message written by one is read by the other, and both see how far it came', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const b = await liveDevice(server, clock, ben)
  expect(a.client.connection()).toBe('live')

  await a.client.send(conversationId, 'Good morning')
  await clock.pass(10)
  expect(b.client.chats()[0]).toMatchObject({
    unread: 1,
    lastMessage: { text: 'Good morning', delivery: 'received' },
  })
  expect(a.client.waiting()).toBe(0)
  expect(a.client.conversation(conversationId)?.messages).toMatchObject([{ number: 1, delivery: 'sent' }])

  await clock.pass(200)
  expect(a.client.conversation(conversationId)?.messages[0]?.delivery).toBe('delivered')

  b.client.markSeen(conversationId, 1)
  expect(b.client.totalUnread()).toBe(0)
  await clock.pass(200)
  expect(a.client.conversation(conversationId)?.messages[0]?.delivery).toBe('seen')
})

test('what was written offline goes out once and in order when the network returns', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  for (const text of ['one', 'two', 'three']) await a.client.send(conversationId, text)
  await clock.pass(20_000)
  expect(a.client.connection()).toBe('offline')
  expect(a.client.waiting()).toBe(3)
  expect(a.client.chats()[0]?.lastMessage).toMatchObject({ text: 'three', delivery: 'queued' })

  server.say(ben, conversationId, 'meanwhile')
  a.transport.online = true
  a.platform.setOnline(true)
  await clock.pass(1_000)
  const texts = a.client.conversation(conversationId)?.messages.map(({ text }) => text)
  expect(texts).toEqual(['meanwhile', 'one', 'two', 'three'])
  expect(a.client.waiting()).toBe(0)
})

test('Y6: what was queued survives a restart of the program', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await a.client.send(conversationId, 'still here')
  await a.client.stop()

  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  expect(again.client.chats()[0]?.lastMessage?.text).toBe('still here')
  again.transport.online = true
  await clock.pass(5_000)
  expect(again.client.waiting()).toBe(0)
  expect(server.discussions.get(conversationId)?.messages).toHaveLength(1)
})

test('history is paged back to the start, and opens from the store when offline', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 120; n++) server.say(ben, conversationId, `message ${n}`)
  const a = await liveDevice(server, clock, ana)
  expect(a.client.conversation(conversationId)?.messages).toHaveLength(1)
  await a.client.openConversation(conversationId)
  expect(a.client.conversation(conversationId)).toMatchObject({ reachedStart: true, unread: 120 })
  expect(a.client.conversation(conversationId)?.messages.map(({ number }) => number)).toEqual(
    Array.from({ length: 120 }, (_, index) => index + 1),
  )
  await a.client.stop()

  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  await again.client.openConversation(conversationId)
  expect(again.client.conversation(conversationId)).toMatchObject({ reachedStart: true, loadFailure: null })
  expect(again.client.conversation(conversationId)?.messages).toHaveLength(120)
})

test('a new direct conversation is there at once and can be written in', async () => {
  const { server, clock, ana } = chat()
  const cleo = server.addMember('Cleo')
  const a = await liveDevice(server, clock, ana)
  const c = await liveDevice(server, clock, cleo)
  const conversationId = await a.client.startDirect(cleo)
  expect(a.client.conversation(conversationId)?.other?.name).toBe('Cleo')
  await a.client.send(conversationId, 'Welcome')
  await clock.pass(10)
  expect(c.client.chats()[0]?.lastMessage?.text).toBe('Welcome')
  expect(c.transport.log).not.toContain('loadAudience')
  const [mine, theirs] = [await a.client.dump(), await c.client.dump()]
  expect(mine.messages[conversationId]).toEqual(theirs.messages[conversationId])
})
