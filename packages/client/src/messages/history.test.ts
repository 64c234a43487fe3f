import { expect, test } from 'vitest'
import type { LocalStore, MessageRecord } from '../local-store/local-store.ts'
import { memoryStore } from '../local-store/memory-store.ts'
import type { MessageWindow } from '../replica/replica-state.ts'
import { chat } from '../testing/chat.ts'
import { type Device, device, liveDevice } from '../testing/device.ts'
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
