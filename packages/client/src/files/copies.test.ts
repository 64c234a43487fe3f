import { expect, test } from 'vitest'
import { memoryStore } from '../local-store/memory-store.ts'
import { chat, later } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'
import { setDisappearing } from '../testing/fake-disappearing.ts'
import { deleteMessage } from '../testing/fake-messages.ts'
import { noteMessage } from '../testing/fake-own-messages.ts'
import { purgeHistory } from '../testing/fake-purge.ts'
import type { Bytes } from './file-ports.ts'
import { memoryPlace } from './memory-place.ts'

const someBytes: Bytes = new Blob([new Uint8Array(10)], { type: 'image/webp' })

/** A group whose two messages, of which one disappears, have each left a copy of a file on Ana's device. */
async function withCopies() {
  const { server, clock, ana, ben } = chat()
  Object.defineProperty(server, 'now', { get: () => clock.now() })
  const group = server.addGroup([ben, ana])
  const files = memoryPlace()
  const a = await liveDevice(server, clock, ana, { files })
  const { copies } = await files.open()
  const say = async (text: string) => {
    const { id } = server.say(ben, group, text)!
    await clock.pass(10)
    const number = a.client.conversation(group)?.messages.find((message) => message.id === id)?.number ?? 0
    const copy = { conversationId: group, messageId: id, number, fileId: text, variant: 'preview' } as const
    await copies.put(copy, someBytes)
    return copy
  }
  const first = await say('first')
  setDisappearing(server, ben, group, 3_600)
  const second = await say('second')
  expect((await a.client.fileBytes(second)).size).toBe(10)
  const left = async () => {
    await clock.pass(60_000)
    const names: string[] = []
    for (const copy of [first, second]) if (await copies.get(copy)) names.push(copy.fileId)
    return names
  }
  return { server, clock, ana, ben, group, a, first, left }
}

type WithCopies = Awaited<ReturnType<typeof withCopies>>

const losses: [what: string, left: string[], happen: (of: WithCopies) => unknown][] = [
  ['the group is lost', [], ({ server, ana, ben, group }) => server.removeFromGroup(ben, group, ana, false)],
  [
    'the group is left, and its past kept',
    ['first', 'second'],
    ({ server, ana, ben, group }) => server.removeFromGroup(ben, group, ana),
  ],
  ['one was deleted', ['second'], ({ server, ben, first }) => deleteMessage(server, ben, first.messageId)],
  [
    'one was deleted for oneself',
    ['second'],
    ({ server, ana, first }) => noteMessage(server, ana, first.messageId, { starred: false, hidden: true }),
  ],
  ['retention took one', ['second'], ({ server, group, first }) => purgeHistory(server, group, first.number)],
  ['one has disappeared', ['first'], ({ clock }) => clock.pass(3_700_000)],
  [
    'the chat was cleared up to one',
    ['second'],
    ({ server, ana, group, first }) => server.preferences.change(ana, group, { clearedUpTo: first.number }),
  ],
  [
    'all is loaded again',
    [],
    ({ server, a }) => {
      server.floor = Infinity
      a.transport.goOffline()
    },
  ],
]

test.each(losses)('Y9: copies go with their messages, live and caught up: %s', async (_, left, happen) => {
  for (const away of [false, true]) {
    const of = await withCopies()
    if (away) of.a.transport.goOffline()
    await happen(of)
    of.a.transport.online = true
    expect(await of.left(), away ? 'caught up' : 'live').toEqual(left)
  }
})

/** A copy of a file of some chat. */
const copyIn = (conversationId: string) =>
  ({ conversationId, messageId: 'm', number: 1, fileId: conversationId, variant: 'preview' }) as const
const durable = () => ({ ...memoryStore(), durable: true })

test('Y9: what a page could not drop before it ended goes at the next start: copies of chats that nothing is known of', async () => {
  const { server, clock, ana, conversationId } = chat()
  const [files, store] = [memoryPlace(), durable()]
  const { copies } = await files.open()
  const { client } = await liveDevice(server, clock, ana, { files, store })
  await client.stop()
  for (const id of [conversationId, 'lost']) await copies.put(copyIn(id), someBytes)
  const again = device(server, clock, ana, { files, store })
  again.transport.online = false
  await again.client.start()
  await clock.pass(10)
  expect(await copies.get(copyIn('lost'))).toBeNull()
  expect(await copies.get(copyIn(conversationId))).not.toBeNull()
})

test.each([
  ['goes at the next start, where nobody is signed in', true],
  ['stays where the browser gives no store that could tell', false],
])('what was left here before %s', async (_, goes) => {
  const { server, clock, ana } = chat()
  const files = memoryPlace()
  const { copies, shelf } = await files.open()
  await copies.put(copyIn('c'), someBytes)
  await shelf.put('waiting', someBytes)
  const openStore = () => (goes ? Promise.resolve(durable()) : Promise.reject(new Error('refused')))
  await device(server, clock, ana, { files, openStore }).client.start()
  await clock.pass(10)
  const left = { copy: (await copies.get(copyIn('c'))) !== null, waiting: (await shelf.all()).length }
  expect(left).toEqual(goes ? { copy: false, waiting: 0 } : { copy: true, waiting: 1 })
})

test('Y9: no copy is made of a file whose message was deleted while it was on its way', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const { promise, arrive } = later()
  const files = memoryPlace({ fetch: () => promise.then(() => someBytes) })
  const a = await liveDevice(server, clock, ana, { files })
  const messageId = server.say(ben, conversationId, 'Look')!.id
  const copy = { conversationId, messageId, number: 1, fileId: 'f', variant: 'preview' } as const
  const asked = a.client.fileBytes(copy)
  await clock.pass(10)
  deleteMessage(server, ben, messageId)
  await clock.pass(10)
  arrive()
  expect((await asked).size).toBe(10)
  expect(await (await files.open()).copies.get(copy)).toBeNull()
})
