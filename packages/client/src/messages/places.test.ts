import { editMessage } from '../testing/fake-messages.ts'
import { expect, test } from 'vitest'
import { memoryStore } from '../local-store/memory-store.ts'
import { chat, later } from '../testing/chat.ts'
import { purgeExpired, setDisappearing } from '../testing/fake-disappearing.ts'
import { type Device, device, liveDevice } from '../testing/device.ts'
import { testTabs } from '../testing/test-platform.ts'

const LAST = 500

const numbers = ({ client }: Device, id: string) =>
  client.conversation(id)?.messages.map(({ number }) => number) ?? []
const textOf = ({ client }: Device, id: string, number: number) =>
  client.conversation(id)?.messages.find((message) => message.number === number)?.text

/** A chat of 500 messages, of which the device has a page. */
async function longChat() {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= LAST; n++) server.say(ben, conversationId, `message ${n}`)
  server.raiseMark(ana, conversationId, LAST, LAST)
  const a = await liveDevice(server, clock, ana)
  await a.client.openConversation(conversationId)
  a.client.subscribe(`conversation:${conversationId}`, () => {})
  return { server, clock, ana, ben, conversationId, a }
}

/** Every number is followed by the next. */
function expectNoHoles(shown: readonly (number | null)[]): void {
  expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index))
}

test('a message far in the past is shown with its neighbours, and nothing else is loaded', async () => {
  const { clock, conversationId, a } = await longChat()
  a.transport.log.length = 0
  const showing = a.client.showMessage(conversationId, 100)
  await clock.pass(100)
  expect(await showing).toBe(null)
  const shown = numbers(a, conversationId)
  expect(shown).toContain(100)
  expectNoHoles(shown)
  expect(a.transport.log).toEqual(['listMessages'])
  expect(a.client.conversation(conversationId)).toMatchObject({ reachedEnd: false, reachedStart: false })
})

test('from there one scrolls both ways, to the first message and to the present, without a hole', async () => {
  const { server, ben, clock, conversationId, a } = await longChat()
  await a.client.showMessage(conversationId, 100)
  for (let page = 0; page < 3; page++) {
    await a.client.loadOlder(conversationId)
    await clock.pass(100)
  }
  expect(numbers(a, conversationId)[0]).toBe(1)
  expect(a.client.conversation(conversationId)?.reachedStart).toBe(true)
  for (let page = 0; page < 10 && !a.client.conversation(conversationId)?.reachedEnd; page++)
    await a.client.loadNewer(conversationId)
  server.say(ben, conversationId, 'now')
  await clock.pass(100)
  const shown = numbers(a, conversationId)
  expectNoHoles(shown)
  expect([shown[0], shown.at(-1)]).toEqual([1, LAST + 1])
  expect(a.client.conversation(conversationId)?.reachedEnd).toBe(true)
})

test('what becomes of a message shows where somebody looks at it, also while its page is on the way', async () => {
  const { server, ben, clock, conversationId, a } = await longChat()
  const idOf = (number: number) =>
    server.discussions.get(conversationId)?.messages[number - 1]?.message.id ?? ''
  await a.client.showMessage(conversationId, 100)
  editMessage(server, ben, idOf(100), 'edited')
  await clock.pass(100)
  expect(textOf(a, conversationId, 100)).toBe('edited')
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'listMessages' ? promise : null)
  const loading = a.client.loadNewer(conversationId)
  await clock.pass(10)
  editMessage(server, ben, idOf(130), 'edited meanwhile')
  await clock.pass(10)
  a.transport.hold = () => null
  arrive()
  await loading
  expect(textOf(a, conversationId, 130)).toBe('edited meanwhile')
})

test('back in the present everything is as it was', async () => {
  const { conversationId, a } = await longChat()
  const before = numbers(a, conversationId)
  await a.client.showMessage(conversationId, 100)
  a.client.showLatest(conversationId)
  expect(numbers(a, conversationId)).toEqual(before)
  expect(a.client.conversation(conversationId)?.place).toBe(null)
  expect(await a.client.showMessage(conversationId, LAST - 10)).toBe(null)
  expect(a.client.conversation(conversationId)?.place).toBe(null)
})

test('what stands a little above is reached by scrolling there', async () => {
  const { conversationId, a } = await longChat()
  expect(await a.client.showMessage(conversationId, LAST - 120)).toBe(null)
  expect(a.client.conversation(conversationId)?.place).toBe(null)
  expect(numbers(a, conversationId)).toContain(LAST - 120)
  expectNoHoles(numbers(a, conversationId))
})

test('of two that are asked for one after the other the second is shown, whichever arrives first', async () => {
  const { clock, conversationId, a } = await longChat()
  const first = later()
  const waits = [first.promise]
  a.transport.hold = (name) => (name === 'listMessages' ? (waits.shift() ?? null) : null)
  const one = a.client.showMessage(conversationId, 100)
  await clock.pass(10)
  expect(await a.client.showMessage(conversationId, 200)).toBe(null)
  first.arrive()
  expect(await one, 'nothing is wrong with the first').toBe(null)
  const shown = numbers(a, conversationId)
  expect([shown.includes(100), shown.includes(200)]).toEqual([false, true])
  expectNoHoles(shown)
})

test('what is being scrolled to takes nobody away from where they have gone meanwhile', async () => {
  const { clock, conversationId, a } = await longChat()
  const scrolling = later()
  const waits = [scrolling.promise]
  a.transport.hold = (name) => (name === 'listMessages' ? (waits.shift() ?? null) : null)
  const near = a.client.showMessage(conversationId, LAST - 120)
  await clock.pass(10)
  expect(await a.client.showMessage(conversationId, 100)).toBe(null)
  scrolling.arrive()
  expect(await near).toBe(null)
  expect(a.client.conversation(conversationId)?.place).not.toBe(null)
  expect(numbers(a, conversationId)).toContain(100)
})

test('what the device has is shown without a network, and of the rest it is said why not', async () => {
  const { server, clock, ana, conversationId, a } = await longChat()
  for (let page = 0; page < 6; page++) await a.client.loadOlder(conversationId)
  const kept = numbers(a, conversationId)[0] ?? 0
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  await again.client.openConversation(conversationId)
  expect(await again.client.showMessage(conversationId, kept + 5)).toBe(null)
  expect(numbers(again, conversationId)).toContain(kept + 5)
  expectNoHoles(numbers(again, conversationId))
  expect(await again.client.showMessage(conversationId, 3)).toMatch(/cannot be reached/)
  expect(again.client.conversation(conversationId)?.place).toBe(null)
})

test('scrolling back goes on past many in a row that are gone for good, on what the device has', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  Object.defineProperty(server, 'now', { get: () => clock.now() })
  const say = (count: number) => Array.from({ length: count }, () => server.say(ben, conversationId, 'hello'))
  say(20)
  setDisappearing(server, ben, conversationId, 60)
  say(150)
  setDisappearing(server, ben, conversationId, null)
  say(300)
  server.raiseMark(ana, conversationId, 472, 472)
  const a = await liveDevice(server, clock, ana)
  await a.client.openConversation(conversationId)
  for (let page = 0; page < 10; page++) await a.client.loadOlder(conversationId)
  await clock.pass(60_000)
  purgeExpired(server)
  await clock.pass(1_000)
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  await again.client.openConversation(conversationId)
  expect(await again.client.showMessage(conversationId, 200)).toBe(null)
  for (let page = 0; page < 4; page++) {
    await again.client.loadOlder(conversationId)
    await clock.pass(100)
  }
  expect(numbers(again, conversationId).slice(0, 23)).toEqual([
    ...Array.from({ length: 21 }, (_, index) => index + 1),
    172,
    173,
  ])
  expect(again.client.conversation(conversationId)?.reachedStart).toBe(true)
})

test('what is shown stays shown when the tab takes the lead', async () => {
  const { server, clock, ana, conversationId } = await longChat()
  const [store, tabs] = [memoryStore(true), testTabs()]
  const leader = await liveDevice(server, clock, ana, { store, tabs })
  const follower = device(server, clock, ana, { store, tabs })
  await follower.client.start()
  await clock.pass(100)
  await follower.client.openConversation(conversationId)
  expect(await follower.client.showMessage(conversationId, 100)).toBe(null)
  const stopping = leader.client.stop()
  await clock.pass(1_000)
  await stopping
  expect(follower.client.connection()).toBe('live')
  expect(numbers(follower, conversationId)).toContain(100)
})

test('a message that is not there any more is not shown', async () => {
  const { conversationId, a } = await longChat()
  expect(await a.client.showMessage(conversationId, LAST + 50)).not.toBe(null)
  expect(a.client.conversation(conversationId)?.place).toBe(null)
})

test('Y9: who loses access loses what they were looking at', async () => {
  const { server, ana, clock, conversationId, a } = await longChat()
  await a.client.showMessage(conversationId, 100)
  server.setAccess(ana, conversationId, 'lost')
  await clock.pass(100)
  expect(a.client.conversation(conversationId)).toBe(null)
  server.setAccess(ana, conversationId, 'gained')
  await clock.pass(100)
  expect(a.client.conversation(conversationId)?.place).toBe(null)
})
