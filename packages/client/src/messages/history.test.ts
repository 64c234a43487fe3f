import { expect, test } from 'vitest'
import type { LocalStore, MessageRecord } from '../local-store/local-store.ts'
import { memoryStore } from '../local-store/memory-store.ts'
import type { MessageWindow } from '../replica/replica-state.ts'
import { chat, later } from '../testing/chat.ts'
import { type Device, device, liveDevice } from '../testing/device.ts'
import { purgeHistory } from '../testing/fake-purge.ts'
import { signedIn } from '../testing/fake-transport.ts'
import { turns } from '../testing/test-clock.ts'
import { testTabs } from '../testing/test-platform.ts'
import { reveal } from './message-window.ts'

const numbers = ({ client }: Device, id: string) =>
  client.conversation(id)?.messages.map(({ number }) => number) ?? []
const upTo = (last: number, count: number) => Array.from({ length: count }, (_, n) => last - count + 1 + n)

/** Reading takes its time, as it does on a disk. */
const slowly = (store: LocalStore): LocalStore => ({
  ...store,
  readAll: async () => {
    await turns(20)
    return store.readAll()
  },
  readMessages: async (...range) => {
    await turns(30)
    return store.readMessages(...range)
  },
})

/** A chat of 208 messages, all of them kept in a browser that is closed now. */
async function longChatKept() {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 208; n++) server.say(ben, conversationId, `message ${n}`)
  server.raiseMark(ana, conversationId, 208, 208)
  const store = memoryStore(true)
  const before = await liveDevice(server, clock, ana, { store })
  await before.client.backfill()
  await before.client.stop()
  return { server, clock, ana, conversationId, store }
}

/** Starts with the chat's address open: its page asks for messages as soon as it knows who is signed in. */
async function reloadInChat(tab: Device, conversationId: string): Promise<void> {
  let opening: Promise<void> | null = null
  tab.client.subscribe('session', () => {
    if (tab.client.session().state === 'signed-in') opening ??= tab.client.openConversation(conversationId)
  })
  tab.client.subscribe(`conversation:${conversationId}`, () => {})
  await tab.client.start()
  await turns(400)
}

test('a long chat opened by its address without a network shows what is kept', async () => {
  const { server, clock, ana, conversationId, store } = await longChatKept()
  const tab = device(server, clock, ana, { store: slowly(store), tabs: testTabs() })
  tab.transport.online = false
  await reloadInChat(tab, conversationId)
  await clock.pass(1_000)
  expect(numbers(tab, conversationId)).toEqual(upTo(208, 51))
  expect(tab.client.conversation(conversationId)?.loadFailure).toBe(null)
})

test('what is kept is not fetched again when its chat is opened by its address', async () => {
  const { server, clock, ana, conversationId, store } = await longChatKept()
  const tab = device(server, clock, ana, { store: slowly(store), tabs: testTabs() })
  await reloadInChat(tab, conversationId)
  await clock.pass(1_000)
  expect(numbers(tab, conversationId)).toEqual(upTo(208, 51))
  expect(tab.transport.log).not.toContain('listMessages')
})

test('a tab that reads everything anew hides nothing that was shown meanwhile', () => {
  const record = (number: number) => ({ seq: number, message: { number } }) as MessageRecord
  const messages = [3, 4, 5].map(record)
  const window: MessageWindow = { from: 1, shownFrom: 3, last: record(5), messages }
  reveal(window, [record(4)], 4)
  reveal(window, [1, 2, 3].map(record), 1)
  expect(window.messages.map(({ message }) => message.number)).toEqual([1, 2, 3, 4, 5])
})

/** Somebody with 120 messages on the server and a first page on the device, in the chat without a network. */
async function strandedInChat() {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 120; n++) server.say(ben, conversationId, `message ${n}`)
  server.raiseMark(ana, conversationId, 120, 120)
  const a = await liveDevice(server, clock, ana)
  await a.client.openConversation(conversationId)
  await clock.pass(1_000)
  a.transport.goOffline()
  await a.client.loadOlder(conversationId)
  return { clock, conversationId, a }
}

test('what could not be loaded without a network is loaded when the connection is live again', async () => {
  const { clock, conversationId, a } = await strandedInChat()
  const shown = numbers(a, conversationId).length
  a.client.subscribe(`conversation:${conversationId}`, () => {})
  expect(a.client.conversation(conversationId)?.loadFailure).not.toBe(null)
  a.transport.online = true
  await clock.pass(60_000)
  expect(a.client.connection()).toBe('live')
  expect(a.client.conversation(conversationId)?.loadFailure).toBe(null)
  expect(numbers(a, conversationId).length).toBeGreaterThan(shown)
})

test('a chat that nobody looks at any more is not loaded then, and its failure is forgotten', async () => {
  const { clock, conversationId, a } = await strandedInChat()
  const shown = numbers(a, conversationId).length
  a.transport.online = true
  a.transport.log.length = 0
  await clock.pass(60_000)
  expect(a.client.conversation(conversationId)?.loadFailure).toBe(null)
  expect(numbers(a, conversationId)).toHaveLength(shown)
  expect(a.transport.log).not.toContain('listMessages')
})

test('what waits for an answer of the lost connection when the network returns is asked again', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 120; n++) server.say(ben, conversationId, `message ${n}`)
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'listMessages' ? promise : null)
  a.transport.loseAnswers.add('listMessages')
  const opening = a.client.openConversation(conversationId)
  await clock.pass(100)
  a.transport.dropConnection()
  await clock.pass(60_000)
  expect(a.client.connection()).toBe('live')
  a.transport.hold = () => null
  arrive()
  await turns(1)
  a.transport.loseAnswers.clear()
  await opening
  expect(a.client.conversation(conversationId)?.loadFailure).toBe(null)
  expect(numbers(a, conversationId)).toEqual(upTo(120, 120))
})

test('a tab that follows tries again when the one that leads is live again', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 120; n++) server.say(ben, conversationId, `message ${n}`)
  const [store, ports] = [memoryStore(true), testTabs()]
  const [leader, follower] = [1, 2].map(() => device(server, clock, ana, { store, tabs: ports })) as [
    Device,
    Device,
  ]
  await leader.client.start()
  await leader.client.adoptSession(signedIn(server, ana))
  await clock.pass(100)
  await follower.client.start()
  await clock.pass(100)
  leader.transport.goOffline()
  follower.client.subscribe(`conversation:${conversationId}`, () => {})
  const opening = follower.client.openConversation(conversationId)
  await clock.pass(100)
  await opening
  expect(follower.client.conversation(conversationId)?.loadFailure).not.toBe(null)
  leader.transport.online = true
  await clock.pass(60_000)
  expect(follower.client.conversation(conversationId)?.loadFailure).toBe(null)
  expect(numbers(follower, conversationId)).toEqual(upTo(120, 120))
})

test('what was deleted for good while a page was under way does not come back with it', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 30; n++) server.say(ben, conversationId, `message ${n}`)
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'listMessages' ? promise : null)
  const opening = a.client.openConversation(conversationId)
  await clock.pass(100)
  purgeHistory(server, conversationId, 20)
  await clock.pass(100)
  arrive()
  await opening
  await clock.pass(1_000)
  expect(numbers(a, conversationId)).toEqual(upTo(30, 10))
  expect(a.client.conversation(conversationId)?.reachedStart).toBe(true)
})

test('what was deleted for good is dropped from a device that was away, and its history then has its start', async () => {
  const { server, clock, ana, conversationId, store } = await longChatKept()
  purgeHistory(server, conversationId, 100)
  const tab = await liveDevice(server, clock, ana, { store })
  await tab.client.openConversation(conversationId)
  for (let page = 0; page < 4; page++) await tab.client.loadOlder(conversationId)
  expect(numbers(tab, conversationId)).toEqual(upTo(208, 108))
  expect(tab.client.conversation(conversationId)?.reachedStart).toBe(true)
  expect(await store.readMessages(conversationId, 1, 101, 10)).toEqual([])
})
