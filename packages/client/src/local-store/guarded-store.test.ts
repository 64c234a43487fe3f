import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { expect, test } from 'vitest'
import { device, liveDevice } from '../testing/device.ts'
import { chat } from '../testing/chat.ts'
import { turns } from '../testing/test-clock.ts'
import { indexedDbStore } from './indexeddb-store.browser.ts'
import type { LocalStore } from './local-store.ts'
import { memoryStore } from './memory-store.ts'

/** A store that begins to refuse writes when told to. */
function failingStore(): { store: LocalStore; refuse: (op: string | null) => void; lose: () => void } {
  const inner = memoryStore()
  let refused: string | null = null
  let lost = () => {}
  const store: LocalStore = {
    ...inner,
    durable: true,
    async write(batch) {
      // what is given up makes room
      if (batch.some(({ op }) => op === 'forget-replica')) refused = null
      if (refused !== null && batch.some(({ op }) => op === refused || refused === '*')) {
        throw new Error('QuotaExceededError')
      }
      await inner.write(batch)
    },
    onLost: (listener) => {
      lost = listener
    },
  }
  return { store, refuse: (op) => (refused = op), lose: () => lost() }
}

test('where the browser refuses storage the client works in memory and says so', async () => {
  const { server, clock, ana, conversationId } = chat()
  const openStore = () => Promise.reject(new Error('storage is switched off'))
  const { client } = await liveDevice(server, clock, ana, { openStore })
  expect(client.storage()).toBe('memory')
  await client.send(conversationId, 'works all the same')
  await clock.pass(10)
  expect(client.conversation(conversationId)?.messages[0]?.delivery).toBe('sent')
})

test('a full disk loses nothing that was typed, keeps working, and loads again at the next start', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const { store, refuse } = failingStore()
  const a = await liveDevice(server, clock, ana, { store })
  expect(a.client.storage()).toBe('kept')

  refuse('put-message')
  server.say(ben, conversationId, 'too much')
  await clock.pass(500)
  expect(a.client.storage()).toBe('memory')
  expect(a.client.conversation(conversationId)?.messages.at(-1)?.text).toBe('too much')

  a.transport.goOffline()
  await a.client.send(conversationId, 'typed on a full disk')
  await a.client.stop()
  refuse(null)
  const again = device(server, clock, ana, { store })
  await again.client.start()
  await clock.pass(5_000)
  expect(again.transport.log).toContain('load')
  expect(server.discussions.get(conversationId)?.messages.map(({ message }) => message.text)).toEqual([
    'too much',
    'typed on a full disk',
  ])
})

test('what is typed in the very moment in which the disk is full is kept too, in the room of what can be loaded again', async () => {
  const { server, clock, ana, conversationId } = chat()
  const { store, refuse } = failingStore()
  const a = await liveDevice(server, clock, ana, { store })
  a.transport.goOffline()
  refuse('*')
  await a.client.send(conversationId, 'the last drop')
  expect(a.client.storage()).toBe('memory')
  expect(a.client.conversation(conversationId)?.messages.at(-1)?.text).toBe('the last drop')
  await a.client.stop()
  const again = device(server, clock, ana, { store })
  await again.client.start()
  await clock.pass(5_000)
  const said = server.discussions.get(conversationId)?.messages.map(({ message }) => message.text)
  expect(said).toEqual(['the last drop'])
})

test('a store that is taken away while running is replaced by memory', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  server.say(ben, conversationId, 'before')
  const { store, refuse, lose } = failingStore()
  const a = await liveDevice(server, clock, ana, { store })
  refuse('*')
  lose()
  await clock.pass(10)
  expect(a.client.storage()).toBe('memory')
  server.say(ben, conversationId, 'after')
  await clock.pass(10)
  expect(a.client.conversation(conversationId)?.messages.map(({ text }) => text)).toEqual(['before', 'after'])
})

test('an evicted database is noticed at the start, and everything is loaded again', async () => {
  const { server, clock, ana, conversationId } = chat()
  const open = () => indexedDbStore('evicted')
  const wait = () => new Promise((resolve) => setTimeout(resolve, 20))
  const live = async (client: { connection(): string }) => {
    for (let tries = 0; tries < 50 && client.connection() !== 'live'; tries++) {
      await wait()
      await clock.pass(100)
    }
  }
  const a = await liveDevice(server, clock, ana, { openStore: open })
  await live(a.client)
  await a.client.stop()
  await deleteDB('evicted')

  const again = device(server, clock, ana, { openStore: open, credentials: 'cookie' })
  await again.client.start()
  await live(again.client)
  expect(again.client.session().state).toBe('signed-in')
  expect(again.client.conversation(conversationId)).not.toBeNull()
  expect(again.transport.log).toContain('load')
  await again.client.stop()
  await turns()
})
