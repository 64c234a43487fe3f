import type { Change } from '@parley/contracts/sync/change'
import { expect, test } from 'vitest'
import { chat, later } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'
import { signedIn } from '../testing/fake-transport.ts'
import { turns } from '../testing/test-clock.ts'

const texts = (
  client: { conversation(id: string): { messages: readonly { text: string }[] } | null },
  id: string,
) => client.conversation(id)?.messages.map(({ text }) => text)

test('Y3: a client subscribes before it catches up, and applies afterwards what arrived meanwhile', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.dropConnection()
  server.say(ben, conversationId, 'while away')
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'catchUp' ? promise : null)
  a.transport.log.length = 0
  await clock.pass(2_000)
  expect(a.transport.log).toEqual(['connect', 'sync.subscribe', 'catchUp'])
  expect(a.client.connection()).toBe('catching-up')

  server.say(ben, conversationId, 'during the catch-up')
  await clock.pass(10)
  expect(texts(a.client, conversationId)).toEqual([])
  arrive()
  await clock.pass(10)
  expect(a.client.connection()).toBe('live')
  expect(texts(a.client, conversationId)).toEqual(['while away', 'during the catch-up'])
})

test('Y2: a change that names a forerunner which never came makes the client catch up', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.frames = () => []
  server.say(ben, conversationId, 'lost on the way')
  await clock.pass(10)
  a.transport.frames = (changes) => [changes]
  a.transport.log.length = 0
  server.say(ben, conversationId, 'the next one')
  await clock.pass(10)
  expect(a.transport.log).toContain('catchUp')
  expect(a.transport.log).not.toContain('connect')
  expect(texts(a.client, conversationId)).toEqual(['lost on the way', 'the next one'])
  expect(a.client.connection()).toBe('live')
})

test('Y2: a change lost in a conversation where nothing follows is found by the next check', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.frames = () => []
  server.say(ben, conversationId, 'lost on the way')
  await clock.pass(10)
  a.transport.frames = (changes) => [changes]
  server.rename(ben, 'Benjamin')
  await clock.pass(8 * 60_000)
  expect(texts(a.client, conversationId)).toEqual(['lost on the way'])
})

test('Y2: a check does not pass over a lost change because a newer one of the same audience is on its way', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.frames = (changes) => (changes.some(({ kind }) => kind === 'message') ? [] : [changes])
  server.say(ben, conversationId, 'lost on the way')
  server.rename(ben, 'Benjamin')
  server.say(ben, conversationId, 'lost too')
  await clock.pass(8 * 60_000)
  a.transport.frames = (changes) => [changes]
  server.say(ben, conversationId, 'the next one')
  await clock.pass(10)
  expect(texts(a.client, conversationId)).toEqual(['lost on the way', 'lost too', 'the next one'])
})

test('the cursor moves on after a check that found nothing missing', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const before = (await a.store.readMeta()).cursor ?? 0
  server.say(ben, conversationId, 'hello')
  await clock.pass(10)
  expect((await a.store.readMeta()).cursor).toBe(before)
  await clock.pass(8 * 60_000)
  expect((await a.store.readMeta()).cursor).toBeGreaterThan(before)
})

test('a long absence is caught up page by page', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  for (let n = 0; n < 1_200; n++) server.say(ben, conversationId, `message ${n}`)
  a.transport.online = true
  a.transport.log.length = 0
  await clock.pass(5_000)
  expect(a.transport.log.filter((name) => name === 'catchUp')).toHaveLength(3)
  expect(a.client.conversation(conversationId)?.lastNumber).toBe(1_200)
})

test('a catch-up that breaks off goes on where it was', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  for (let n = 0; n < 700; n++) server.say(ben, conversationId, `message ${n}`)
  a.transport.online = true
  let pages = 0
  a.transport.refuse = (name) => (name === 'catchUp' && ++pages === 2 ? { code: 'internal' } : null)
  await clock.pass(20_000)
  expect(pages).toBe(3)
  expect(a.client.conversation(conversationId)?.lastNumber).toBe(700)
})

test('Y8: a cursor that is too old loads everything again, and keeps outbox and drafts', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 60; n++) server.say(ben, conversationId, `message ${n}`)
  const a = await liveDevice(server, clock, ana)
  await a.client.openConversation(conversationId)
  a.transport.goOffline()
  await a.client.send(conversationId, 'still to be sent')
  a.client.setDraft(conversationId, 'half a sentence')
  server.say(ben, conversationId, 'news')
  server.floor = 1_000_000
  await clock.pass(1_000)
  a.transport.refuse = (name) => (name === 'messages.send' ? { code: 'overloaded' } : null)
  a.transport.online = true
  await clock.pass(20_000)
  expect(a.transport.log.filter((name) => name === 'load')).toHaveLength(2)
  expect(a.client.draft(conversationId)).toBe('half a sentence')
  expect(texts(a.client, conversationId)).toEqual(['news', 'still to be sent'])
  await a.client.loadOlder(conversationId)
  expect(texts(a.client, conversationId)?.slice(-3)).toEqual(['message 60', 'news', 'still to be sent'])
})

test('Y9: what a member loses access to is gone from the device, and nothing late brings it back', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const frames: (readonly Change[])[] = []
  const a = await liveDevice(server, clock, ana)
  a.transport.frames = (changes) => {
    frames.push(changes)
    return [changes]
  }
  const second = server.addConversation([ana, ben])
  server.say(ben, second, 'secret')
  await clock.pass(10)
  expect(a.client.chats()).toHaveLength(2)
  const born = [...frames]
  server.setAccess(ana, second, 'lost')
  await clock.pass(10)
  expect(a.client.conversation(second)).toBeNull()
  expect(a.client.chats().map((row) => row.conversationId)).toEqual([conversationId])
  expect(await a.store.readMessages(second, 0, 100, 100)).toEqual([])

  for (const frame of born) server.signalTo(ana, 'changes', frame)
  await clock.pass(10)
  expect(a.client.conversation(second)).toBeNull()
})

test('Y9: access gained loads the audience whole, while live changes of it wait', async () => {
  const { server, clock, ana, ben } = chat()
  const cleo = server.addMember('Cleo')
  const closed = server.addConversation([ben, cleo])
  for (let n = 1; n <= 3; n++) server.say(ben, closed, `old ${n}`)
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'loadAudience' ? promise : null)
  server.setAccess(ana, closed, 'gained')
  await clock.pass(10)
  server.say(ben, closed, 'new')
  await clock.pass(10)
  expect(a.client.conversation(closed)).toBeNull()
  arrive()
  await clock.pass(10)
  expect(texts(a.client, closed)).toEqual(['old 3', 'new'])
  await a.client.openConversation(closed)
  expect(texts(a.client, closed)).toEqual(['old 1', 'old 2', 'old 3', 'new'])
})

test('Y9: of a group begun while the client catches up nothing is missing, although a change of it was lost', async () => {
  const { server, clock, ana, ben } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.dropConnection()
  a.transport.frames = (changes) => [changes.filter(({ kind }) => kind !== 'message')]
  let groupId = ''
  a.transport.refuse = (name) => {
    if (name === 'catchUp') groupId ||= server.addGroup([ben, ana])
    return null
  }
  await clock.pass(2_000)
  a.transport.frames = (changes) => [changes]
  server.say(ben, groupId, 'welcome')
  await clock.pass(10)
  expect(a.client.conversation(groupId)?.messages.map(({ number }) => number)).toEqual([1, 2])
})

test('Y9: access gained and lost again while it was being loaded leaves nothing', async () => {
  const { server, clock, ana, ben } = chat()
  const closed = server.addConversation([ben])
  server.say(ben, closed, 'secret')
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'loadAudience' ? promise : null)
  server.setAccess(ana, closed, 'gained')
  await clock.pass(10)
  server.setAccess(ana, closed, 'lost')
  await clock.pass(10)
  arrive()
  await clock.pass(10)
  expect(a.client.conversation(closed)).toBeNull()
})

test('Y9: an audience that could not be loaded is loaded with the next connection', async () => {
  const { server, clock, ana, ben } = chat()
  const closed = server.addConversation([ben])
  server.say(ben, closed, 'welcome')
  const a = await liveDevice(server, clock, ana)
  let refusals = 2
  a.transport.refuse = (name) => (name === 'loadAudience' && refusals-- > 0 ? { code: 'overloaded' } : null)
  server.setAccess(ana, closed, 'gained')
  await clock.pass(20_000)
  expect(texts(a.client, closed)).toEqual(['welcome'])
})

test('an older page that was under way when a message in it changed does not undo the change', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 5; n++) server.say(ben, conversationId, `message ${n}`)
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'listMessages' ? promise : null)
  const opening = a.client.openConversation(conversationId)
  await clock.pass(10)
  const discussion = server.discussions.get(conversationId)
  const first = discussion?.messages[0]
  if (!first) throw new Error('no message')
  server.append(`conversation:${conversationId}`, 'message', first.message.id, {
    ...first.message,
    text: 'edited',
  })
  await clock.pass(10)
  arrive()
  await opening
  expect(texts(a.client, conversationId)?.[0]).toBe('edited')
})

test('Y5: a change that was lost is found although nothing ever comes after it', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  await clock.pass(1_000)
  a.transport.frames = () => []
  server.say(ben, conversationId, 'the last word')
  a.transport.frames = (changes) => [changes]
  await clock.pass(10 * 60_000)
  expect(a.client.conversation(conversationId)?.messages).toMatchObject([{ text: 'the last word' }])
})

test('a change that is on its way while the client looks for lost ones is not taken for lost', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const late: unknown[] = []
  a.transport.frames = (changes) => {
    late.push(changes)
    return []
  }
  let looks = 0
  a.transport.hold = (name) => {
    if (name !== 'catchUp') return null
    looks += 1
    return turns(1).then(() => late.splice(0).forEach((one) => server.signalTo(ana, 'changes', one)))
  }
  server.say(ben, conversationId, 'just in time')
  await clock.pass(30 * 60_000)
  expect(a.client.conversation(conversationId)?.messages).toMatchObject([{ text: 'just in time' }])
  // Every five minutes, and once more a little later; a catch-up would add one.
  expect(looks).toBeLessThanOrEqual(7)
})

test('a server that stops is left alone for as long as it asks', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.log.length = 0
  server.signalTo(ana, 'server-stopping', { reconnectAfter: 5_000 })
  await clock.pass(4_900)
  expect(a.client.connection()).toBe('offline')
  expect(a.transport.log).toEqual([])
  await clock.pass(1_000)
  expect(a.client.connection()).toBe('live')
})

test('the network coming back ends the waiting at once', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  a.platform.setOnline(false)
  await clock.pass(10 * 60_000)
  expect(a.client.connection()).toBe('offline')
  a.transport.online = true
  a.platform.setOnline(true)
  await clock.pass(50)
  expect(a.client.connection()).toBe('live')
})

test('a server that has become too new says so, and the client stops trying', async () => {
  const { server, clock, ana } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.refuse = (name) => (name === 'connect' ? { code: 'client_too_old' } : null)
  a.transport.dropConnection()
  await clock.pass(5_000)
  expect(a.client.connection()).toBe('too-old')
  a.transport.log.length = 0
  a.platform.setOnline(true)
  await clock.pass(300_000)
  expect(a.transport.log).toEqual([])
})

test('a device whose clock is a day wrong shows the time of the server', async () => {
  const { server, clock, ana, conversationId } = chat()
  server.now = clock.now() - 86_400_000
  const a = await liveDevice(server, clock, ana)
  a.transport.goOffline()
  await a.client.send(conversationId, 'what time is it')
  const sentAt = a.client.conversation(conversationId)?.messages[0]?.sentAt ?? 0
  expect(Math.abs(sentAt - server.now)).toBeLessThan(5_000)
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  expect(Math.abs(again.client.now() - server.now)).toBeLessThan(60_000)
})

test('a member who has to choose a new password is not connected before', async () => {
  const { server, clock, ana } = chat()
  const a = device(server, clock, ana)
  await a.client.start()
  await a.client.adoptSession({ ...signedIn(server, ana), passwordIsTemporary: true })
  await clock.pass(5_000)
  expect(a.transport.log).toEqual([])
  expect(a.client.session()).toMatchObject({ passwordIsTemporary: true })
  await a.client.call('changeOwnPassword', { body: { current: 'temporary', next: 'a much better one' } })
  await clock.pass(10)
  expect(a.client.connection()).toBe('live')
})
