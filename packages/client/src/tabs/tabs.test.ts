import { expect, test } from 'vitest'
import { memoryStore } from '../local-store/memory-store.ts'
import { chat, later } from '../testing/chat.ts'
import { device, type Device } from '../testing/device.ts'
import { signedIn } from '../testing/fake-transport.ts'
import { turns } from '../testing/test-clock.ts'
import { testTabs } from '../testing/test-platform.ts'

/** Tabs of one browser: one store, one set of locks and channels. */
async function browser(count: number) {
  const { server, clock, ana, ben, conversationId } = chat()
  const store = memoryStore(true)
  const ports = testTabs()
  const open = async (): Promise<Device> => {
    const tab = device(server, clock, ana, { store, tabs: ports })
    await tab.client.start()
    await clock.pass(50)
    return tab
  }
  const tabs: Device[] = []
  for (let n = 0; n < count; n++) tabs.push(await open())
  await tabs[0]?.client.adoptSession(signedIn(server, ana))
  await clock.pass(100)
  return { server, clock, ana, ben, conversationId, tabs: tabs as [Device, Device, Device], open, store }
}

const texts = ({ client }: Device, id: string) => client.conversation(id)?.messages.map(({ text }) => text)

test('one tab connects, the others show the same', async () => {
  const { server, clock, ben, conversationId, tabs, open } = await browser(2)
  const [leader, follower] = tabs
  expect(follower.client.session().state).toBe('signed-in')
  expect([leader, follower].map(({ client }) => client.connection())).toEqual(['live', 'live'])
  expect(follower.transport.log).toEqual([])
  server.say(ben, conversationId, 'hello')
  await clock.pass(500)
  expect(texts(follower, conversationId)).toEqual(['hello'])
  const third = await open()
  expect(third.client.connection()).toBe('live')
  expect(texts(third, conversationId)).toEqual(['hello'])
  expect(third.transport.log).toEqual([])
  expect(await third.client.dump()).toEqual(await leader.client.dump())
})

test('Y6: what is written in a tab that follows is sent by the one that leads, once', async () => {
  const { server, clock, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  await follower.client.send(conversationId, 'from the second tab')
  await clock.pass(100)
  expect(server.discussions.get(conversationId)?.messages).toHaveLength(1)
  expect([leader, follower].map(({ client }) => client.waiting())).toEqual([0, 0])
  expect(texts(follower, conversationId)).toEqual(['from the second tab'])
  expect(follower.client.conversation(conversationId)?.messages[0]?.delivery).toBe('sent')
})

test('Y6: what is wanted of a chat in a tab that follows is told by the one that leads', async () => {
  const { clock, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  await follower.client.changeChat(conversationId, { pinned: true })
  await clock.pass(100)
  expect(leader.transport.log).toContain('changeChatPreference')
  for (const { client } of [leader, follower]) expect(client.chats()[0]?.pinned).toBe(true)
})

test('Y6: another tab takes over when the leader closes, and sends what was queued, in order and once', async () => {
  const { server, clock, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  leader.transport.goOffline()
  await leader.client.send(conversationId, 'one')
  await follower.client.send(conversationId, 'two')
  await leader.client.send(conversationId, 'three')
  await clock.pass(1_000)
  expect(follower.client.connection()).toBe('offline')
  expect(follower.client.waiting()).toBe(3)
  await leader.client.stop()
  await clock.pass(1_000)
  expect(follower.client.connection()).toBe('live')
  expect(server.discussions.get(conversationId)?.messages.map(({ message }) => message.text)).toEqual([
    'one',
    'two',
    'three',
  ])
  expect(follower.client.waiting()).toBe(0)
})

test('Y6: a leader that closes in mid-send loses and repeats nothing', async () => {
  const { server, clock, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  leader.transport.loseAnswers.add('messages.send')
  leader.transport.frames = () => []
  await follower.client.send(conversationId, 'on its way')
  await clock.pass(10)
  await leader.client.stop()
  await clock.pass(5_000)
  expect(texts(follower, conversationId)).toEqual(['on its way'])
  expect(server.discussions.get(conversationId)?.messages).toHaveLength(1)
  expect(follower.client.waiting()).toBe(0)
})

test('what the leader is sending cannot be taken back or discarded in a tab that follows', async () => {
  const { server, clock, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  const { promise, arrive } = later()
  leader.transport.frames = () => []
  leader.transport.hold = (name) => (name === 'messages.send' ? promise : null)
  await follower.client.send(conversationId, 'too late')
  await follower.client.send(conversationId, 'in time')
  await clock.pass(10)
  const [first, second] = follower.client.conversation(conversationId)?.messages ?? []
  await expect(follower.client.takeBack(first?.id ?? '')).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(follower.client.discard(first?.id ?? '')).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await follower.client.takeBack(second?.id ?? '')).toBe('in time')
  expect(texts(leader, conversationId)).toEqual(['too late'])
  arrive()
  await clock.pass(1_000)
  expect(server.discussions.get(conversationId)?.messages).toHaveLength(1)
  expect(texts(follower, conversationId)).toEqual(['too late'])
})

test('what was asked of a leader that is gone is done by the tab that takes over', async () => {
  const { server, clock, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  leader.transport.goOffline()
  follower.transport.online = false
  await follower.client.send(conversationId, 'never mind')
  const leaving = leader.client.stop()
  const id = follower.client.conversation(conversationId)?.messages[0]?.id ?? ''
  const discarding = follower.client.discard(id)
  await clock.pass(1_000)
  await Promise.all([leaving, discarding])
  expect(texts(follower, conversationId)).toEqual([])
  follower.transport.online = true
  await clock.pass(60_000)
  expect(server.discussions.get(conversationId)?.messages).toEqual([])
})

test('history, marks, typing and presence of a tab that follows go through the leader', async () => {
  const { server, clock, ana, ben, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  for (let n = 1; n <= 80; n++) server.say(ben, conversationId, `message ${n}`)
  const second = server.addConversation([ana, ben])
  for (let n = 1; n <= 3; n++) server.say(ben, second, `more ${n}`)
  await clock.pass(500)
  await follower.client.openConversation(conversationId)
  expect(texts(follower, conversationId)?.[0]).toBe('message 1')
  follower.client.markSeen(conversationId, 80)
  expect(follower.client.totalUnread()).toBe(3)
  follower.client.watchPresence([ben])
  follower.client.signalTyping(conversationId, true)
  server.signalTo(ana, 'typing', { conversationId, memberId: ben, typing: true })
  await clock.pass(500)
  expect(leader.client.totalUnread()).toBe(3)
  expect(server.discussions.get(conversationId)?.marks.get(ana)?.seen).toBe(80)
  expect(follower.client.presence(ben)?.online).toBe(true)
  expect(follower.client.typing(conversationId)).toEqual([ben])
  expect(leader.transport.log).toContain('typing.signal')
  expect(follower.transport.log).toEqual([])
})

test('older messages that only the server has are fetched by the leader', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 120; n++) server.say(ben, conversationId, `message ${n}`)
  const store = memoryStore(true)
  const ports = testTabs()
  const [leader, follower] = [1, 2].map(() => device(server, clock, ana, { store, tabs: ports })) as [
    Device,
    Device,
  ]
  await leader.client.start()
  await leader.client.adoptSession(signedIn(server, ana))
  await clock.pass(50)
  await follower.client.start()
  const opening = follower.client.openConversation(conversationId)
  await clock.pass(500)
  await opening
  expect(follower.client.conversation(conversationId)).toMatchObject({
    reachedStart: true,
    loadFailure: null,
  })
  expect(texts(follower, conversationId)).toHaveLength(120)
  expect(follower.transport.log).toEqual([])
})

test('drafts and failed messages are the same in all tabs', async () => {
  const { clock, conversationId, tabs } = await browser(2)
  const [leader, follower] = tabs
  leader.transport.refuse = (name) => (name === 'messages.send' ? { code: 'forbidden' } : null)
  follower.client.setDraft(conversationId, 'half a sentence')
  await follower.client.send(conversationId, 'refused')
  await clock.pass(1_000)
  expect(leader.client.draft(conversationId)).toBe('half a sentence')
  const failed = follower.client.conversation(conversationId)?.messages[0]
  expect(failed?.delivery).toBe('failed')
  leader.transport.refuse = () => null
  await follower.client.retry(failed?.id ?? '')
  await clock.pass(1_000)
  expect(leader.client.conversation(conversationId)?.messages[0]?.delivery).toBe('sent')
})

test('signing out in one tab signs out the others and leaves nothing behind', async () => {
  const { clock, tabs, store, conversationId } = await browser(3)
  const [leader, follower, third] = tabs
  await follower.client.send(conversationId, 'hello')
  await follower.client.signOut()
  await clock.pass(500)
  for (const { client } of [leader, follower, third]) {
    expect(client.session()).toEqual({ state: 'signed-out', reason: 'signed-out' })
    expect(client.connection()).toBe('signed-out')
    expect(client.chats()).toEqual([])
  }
  const { records, outbox, meta } = await store.readAll()
  expect([records, outbox, meta.session]).toEqual([[], [], null])
})

test('signing in in a tab that follows connects the one that leads', async () => {
  const { server, clock, ana, tabs } = await browser(2)
  const [leader, follower] = tabs
  await leader.client.signOut()
  await clock.pass(100)
  await follower.client.adoptSession(signedIn(server, ana))
  await clock.pass(500)
  expect([leader, follower].map(({ client }) => client.connection())).toEqual(['live', 'live'])
  expect(follower.client.chats()).toHaveLength(1)
})

test('A1: tabs that need a new token at the same time exchange it once', async () => {
  const { tabs } = await browser(2)
  let renewed = false
  let exchanges = 0
  for (const { transport } of tabs) {
    transport.refuse = (name) => {
      if (name !== 'refreshSession') return renewed ? null : { code: 'not_signed_in' }
      exchanges += 1
      renewed = true
      return null
    }
  }
  await Promise.all(tabs.map(({ client }) => client.call('listSessions', {})))
  expect(exchanges).toBe(1)
})

test('A1: tabs that share no store still share their cookies, and never exchange the same ones', async () => {
  const { server, clock, ana } = chat()
  const ports = testTabs()
  const tabs = [1, 2].map(() =>
    device(server, clock, ana, { store: memoryStore(), tabs: ports, credentials: 'cookie' }),
  )
  // The server knows the newest cookie alone; the browser has it once the answer is there.
  let [newest, held, thefts] = [1, 1, 0]
  for (const { transport } of tabs) {
    transport.refuse = (name) => {
      if (name !== 'refreshSession') return null
      if (held === newest) newest += 1
      else thefts += 1
      return thefts > 0 ? { code: 'not_signed_in' } : null
    }
    transport.hold = (name) => (name === 'refreshSession' ? turns(10).then(() => void (held = newest)) : null)
  }
  const starting = Promise.all(tabs.map(({ client }) => client.start()))
  await clock.pass(1_000)
  await starting
  await clock.pass(20 * 60_000)
  expect(tabs.map(({ client }) => client.connection())).toEqual(['live', 'live'])
  expect(thefts).toBe(0)
})

test('where tabs share no store each stands alone', async () => {
  const { server, clock, ana } = chat()
  const ports = testTabs()
  const [first, second] = [1, 2].map(() =>
    device(server, clock, ana, { store: memoryStore(), tabs: ports }),
  ) as [Device, Device]
  for (const { client } of [first, second]) {
    await client.start()
    await client.adoptSession(signedIn(server, ana))
    await clock.pass(50)
    expect(client.connection()).toBe('live')
  }
  expect(second.transport.log).toContain('connect')
})
