import { expect, test } from 'vitest'
import { testId } from '../testing/fake-server.ts'
import { chat } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'

test('Y10: typing shows, fades by itself, and ends with the message', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const type = (typing: boolean) => server.signalTo(ana, 'typing', { conversationId, memberId: ben, typing })
  type(true)
  await clock.pass(10)
  expect(a.client.typing(conversationId)).toEqual([ben])
  expect(a.client.chats()[0]?.typing).toBe(true)
  await clock.pass(5_000)
  type(true)
  await clock.pass(5_000)
  expect(a.client.typing(conversationId)).toEqual([ben])
  await clock.pass(1_500)
  expect(a.client.typing(conversationId)).toEqual([])

  type(true)
  server.say(ben, conversationId, 'done')
  await clock.pass(10)
  expect(a.client.chats()[0]?.typing).toBe(false)
})

test('Y10: keystrokes are signalled now and then, stopping at once', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  for (let n = 0; n < 40; n++) {
    a.client.signalTyping(conversationId, true)
    await clock.pass(100)
  }
  a.client.signalTyping(conversationId, false)
  a.client.signalTyping(conversationId, false)
  const signals = a.transport.payloads.filter(({ name }) => name === 'typing.signal')
  expect(signals.map(({ payload }) => (payload as { typing: boolean }).typing)).toEqual([true, true, false])
})

test('Y10: presence is asked for what screens show, once for all of them, and again after a new connection', async () => {
  const { server, clock, ana, ben } = chat()
  const a = await liveDevice(server, clock, ana)
  const watched = () =>
    a.transport.payloads
      .filter(({ name }) => name === 'presence.watch')
      .map(({ payload }) => (payload as { memberIds: string[] }).memberIds)
  const first = a.client.watchPresence([ben])
  const second = a.client.watchPresence([ben, ana])
  await clock.pass(100)
  expect(watched()).toEqual([[ben, ana]])
  expect(a.client.presence(ben)).toEqual({ online: true, lastSeenAt: null })
  server.signalTo(ana, 'presence', { memberId: ben, online: false, lastSeenAt: 5 })
  await clock.pass(10)
  expect(a.client.presence(ben)).toEqual({ online: false, lastSeenAt: 5 })

  a.transport.goOffline()
  await clock.pass(10)
  expect(a.client.presence(ben)).toBeNull()
  a.transport.online = true
  await clock.pass(5_000)
  expect(watched()).toEqual([
    [ben, ana],
    [ben, ana],
  ])
  second()
  second()
  await clock.pass(100)
  expect(watched().at(-1)).toEqual([ben])
  first()
  await clock.pass(100)
  expect(watched().at(-1)).toEqual([])
})

test('Y10: no more is watched than the server takes', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.client.watchPresence(Array.from({ length: 700 }, (_, index) => testId(5_000 + index)))
  await clock.pass(100)
  const { payload } = a.transport.payloads.filter(({ name }) => name === 'presence.watch').at(-1) ?? {}
  expect((payload as { memberIds: string[] }).memberIds).toHaveLength(500)
})

test('a page that nobody looks at says so at once, and again as soon as it is looked at', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  const told = () =>
    a.transport.payloads.filter(({ name }) => name === 'presence.active').map(({ payload }) => payload)
  a.platform.setVisible(false)
  expect(told()).toEqual([{ active: false }])
  a.platform.setVisible(true)
  expect(told().slice(1)).toEqual([{ active: true }])
  await clock.pass(4 * 60_000)
  a.platform.use()
  await clock.pass(4 * 60_000)
  expect(told().slice(2), 'it is in use').toEqual([])
  await clock.pass(2 * 60_000)
  expect(told().slice(2), 'it is in sight, but nobody is there').toEqual([{ active: false }])
  a.transport.dropConnection()
  await clock.pass(10_000)
  expect(told().slice(3), 'a new connection counts as active until it hears otherwise').toEqual([
    { active: false },
  ])
  a.platform.use()
  expect(told().slice(4)).toEqual([{ active: true }])
})

test('a draft shows at once, is kept per conversation, and outlives the program', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.client.setDraft(conversationId, 'half')
  a.client.setDraft(conversationId, 'half a sentence')
  expect(a.client.draft(conversationId)).toBe('half a sentence')
  expect(a.client.chats()[0]?.draft).toBe('half a sentence')
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  await again.client.start()
  expect(again.client.draft(conversationId)).toBe('half a sentence')
  again.client.setDraft(conversationId, '')
  await clock.pass(1_000)
  expect((await again.store.readAll()).drafts.size).toBe(0)
})

test('a draft is kept as it is begun, as the typing goes on, and when the page is hidden', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const kept = async () => {
    await clock.pass(0)
    return (await a.store.readAll()).drafts.get(conversationId)
  }
  a.client.setDraft(conversationId, 'h')
  expect(await kept()).toBe('h')
  a.client.setDraft(conversationId, 'ha')
  a.client.setDraft(conversationId, 'hal')
  expect(await kept()).toBe('h')
  await clock.pass(300)
  expect(await kept()).toBe('hal')
  a.client.setDraft(conversationId, 'half')
  a.platform.setVisible(false)
  expect(await kept()).toBe('half')
})

test('reads give the same object until something in it changed', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const other = server.addConversation([ana, ben])
  const a = await liveDevice(server, clock, ana)
  server.say(ben, conversationId, 'one')
  await clock.pass(500)
  const { client } = a
  const view = client.conversation(conversationId)
  const row = client.chats().find((one) => one.conversationId === other)
  const members = client.members()
  expect(client.conversation(conversationId)).toBe(view)
  server.say(ben, conversationId, 'two')
  await clock.pass(500)
  expect(client.conversation(conversationId)).not.toBe(view)
  expect(client.conversation(conversationId)?.messages[0]).toBe(view?.messages[0])
  expect(client.chats().find((one) => one.conversationId === other)).toBe(row)
  expect(client.members()).toBe(members)
  server.rename(ben, 'Benjamin')
  await clock.pass(10)
  expect(client.conversation(conversationId)?.other?.name).toBe('Benjamin')
  expect(client.chats()[0]?.other?.name).toBe('Benjamin')
})
