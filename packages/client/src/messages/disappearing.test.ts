import { expect, test } from 'vitest'
import type { ParleyClient } from '../client-api.ts'
import { chat } from '../testing/chat.ts'
import { type Device, device, liveDevice } from '../testing/device.ts'
import { answer, deleteMessage, reactTo } from '../testing/fake-messages.ts'
import { purgeExpired, setDisappearing, tellPurge } from '../testing/fake-disappearing.ts'

const DAY = 86_400_000
const row = (client: ParleyClient, id: string) =>
  client.chats().find(({ conversationId }) => conversationId === id)
const texts = (client: ParleyClient, id: string) => client.conversation(id)?.messages.map(({ text }) => text)

/** Two colleagues whose messages disappear after a day; the server's clock is that of the test. */
async function shortLived() {
  const { server, clock, ana, ben, conversationId } = chat()
  Object.defineProperty(server, 'now', { get: () => clock.now() })
  server.say(ben, conversationId, 'stays')
  setDisappearing(server, ben, conversationId, DAY / 1_000)
  server.say(ben, conversationId, 'goes')
  const a = await liveDevice(server, clock, ana)
  await a.client.openConversation(conversationId)
  return { server, clock, ana, ben, conversationId, a }
}

test('a message vanishes at its time, also offline, from the screen and from the device', async () => {
  const { clock, conversationId, a } = await shortLived()
  let heard = 0
  a.client.subscribe(`conversation:${conversationId}`, () => (heard += 1))
  a.transport.goOffline()
  await clock.pass(DAY - 60_000)
  expect(texts(a.client, conversationId)).toEqual(['stays', '', 'goes'])
  expect(row(a.client, conversationId)).toMatchObject({ unread: 2, lastMessage: { text: 'goes' } })
  heard = 0
  await clock.pass(120_000)
  expect([texts(a.client, conversationId), heard > 0]).toEqual([['stays', ''], true])
  expect(row(a.client, conversationId)).toMatchObject({
    unread: 1,
    lastMessage: { notice: { after: 86_400 } },
  })
  const kept = await a.store.readMessages(conversationId, 0, 100, 100)
  expect(JSON.stringify(kept)).not.toContain('goes')
  expect(kept.map(({ message }) => message.number)).toEqual([1, 2, 3])
})

test('what ended while nobody was there is gone at the next start, before any connection', async () => {
  const { server, clock, ana, conversationId, a } = await shortLived()
  await a.client.stop()
  await clock.pass(DAY * 2)
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  await clock.pass(100)
  await again.client.openConversation(conversationId)
  expect(texts(again.client, conversationId)).toEqual(['stays', ''])
  expect(JSON.stringify(await a.store.readMessages(conversationId, 0, 100, 100))).not.toContain('goes')
})

test('Y12: what ended while the program was closed is not unread at the next start, before any connection', async () => {
  const { server, clock, ana, ben, conversationId, a } = await shortLived()
  for (let count = 0; count < 300; count += 1) server.say(ben, conversationId, 'goes too')
  setDisappearing(server, ben, conversationId, null)
  server.say(ben, conversationId, 'stays for good')
  await clock.pass(1_000)
  expect(row(a.client, conversationId)?.unread).toBe(303)
  await a.client.stop()
  await clock.pass(DAY * 2)
  const unreadAtStart = async () => {
    const again = device(server, clock, ana, { store: a.store })
    again.transport.online = false
    await again.client.start()
    const before = row(again.client, conversationId)?.unread
    await clock.pass(100)
    const after = row(again.client, conversationId)?.unread
    await again.client.stop()
    return [before, after]
  }
  expect(await unreadAtStart()).toEqual([2, 2])
  // by then the device has emptied them
  expect(await unreadAtStart()).toEqual([2, 2])
})

test('Y12: while the program runs, what vanishes is counted however much there is of it', async () => {
  const { server, clock, ben, conversationId, a } = await shortLived()
  for (let count = 0; count < 300; count += 1) server.say(ben, conversationId, 'goes too')
  await clock.pass(1_000)
  a.transport.goOffline()
  await clock.pass(DAY + 60_000)
  expect(row(a.client, conversationId)?.unread).toBe(1)
})

test('what was said to a message without words goes from the device with it', async () => {
  const { server, clock, ben, conversationId, a } = await shortLived()
  reactTo(server, ben, a.client.conversation(conversationId)?.messages.at(-1)?.id ?? '', ['🙏'])
  await clock.pass(1_000)
  const stored = async () => JSON.stringify(await a.store.readMessages(conversationId, 0, 100, 100))
  expect(await stored()).toContain('🙏')
  a.transport.goOffline()
  await clock.pass(DAY + 60_000)
  expect(await stored()).not.toContain('🙏')
})

test('what answers it shows nothing of it from then on, also offline, and the device keeps nothing of that', async () => {
  const { server, clock, ben, conversationId, a } = await shortLived()
  await clock.pass(60_000)
  const goes = a.client.conversation(conversationId)?.messages.at(-1)
  answer(server, ben, goes?.id ?? '', 'Why?')
  await clock.pass(1_000)
  // holds the newest message alone, and not what that answers
  const other = await liveDevice(server, clock, ben)
  other.transport.goOffline()
  a.transport.goOffline()
  await a.client.send(conversationId, 'Because', goes ? { replyTo: goes } : {})
  const quoted = () =>
    a.client
      .conversation(conversationId)
      ?.messages.slice(-2)
      .map(({ replyTo }) => replyTo)
  expect(quoted()).toMatchObject([{ text: 'goes' }, { text: 'goes' }])
  expect(quoted()?.[0]).toBe(quoted()?.[0])
  // the answers themselves stay a minute longer
  const heard: unknown[] = []
  a.client.subscribe(`conversation:${conversationId}`, () => heard.push(quoted()))
  await clock.pass(DAY - 45_000)
  expect(heard[0], 'screens do not wait for the device to be swept').toMatchObject([
    { kind: 'deleted' },
    { kind: 'deleted' },
  ])
  const [emptied, waiting] = quoted() ?? []
  expect([emptied, waiting]).toMatchObject([
    { kind: 'deleted', text: '' },
    { kind: 'deleted', text: '' },
  ])
  expect(quoted()?.[1], 'nothing is made anew').toBe(waiting)
  for (const { store } of [a, other]) {
    const kept = JSON.stringify(await store.readMessages(conversationId, 0, 100, 100))
    expect(kept).not.toContain('goes')
    expect(kept).toContain('Why?')
  }
})

const outboxOf = async ({ store }: Device) => JSON.stringify((await store.readAll()).outbox)

test('Y6: an answer that waits keeps nothing of what has disappeared, and is sent without it', async () => {
  const { clock, conversationId, a } = await shortLived()
  const goes = a.client.conversation(conversationId)?.messages.at(-1)
  a.transport.goOffline()
  await a.client.send(conversationId, 'Because', goes && { replyTo: goes })
  await clock.pass(DAY / 2)
  expect(await outboxOf(a)).toContain('goes')
  await clock.pass(DAY / 2 + 60_000)
  expect(await outboxOf(a)).toContain('Because')
  expect(await outboxOf(a)).not.toContain('goes')
  a.transport.online = true
  await clock.pass(60_000)
  expect(a.client.conversation(conversationId)?.messages.at(-1)).toMatchObject({
    text: 'Because',
    delivery: 'sent',
  })
})

test('an answer that waited while the program was closed keeps nothing of what has disappeared', async () => {
  const { server, clock, ana, conversationId, a } = await shortLived()
  const goes = a.client.conversation(conversationId)?.messages.at(-1)
  a.transport.goOffline()
  await a.client.send(conversationId, 'Because', goes && { replyTo: goes })
  await a.client.stop()
  expect(await outboxOf(a)).toContain('goes')
  await clock.pass(DAY * 2)
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  await clock.pass(100)
  expect(await outboxOf(again)).toContain('Because')
  expect(await outboxOf(again)).not.toContain('goes')
})

test('an answer that could not be sent keeps nothing of what is deleted for everyone, or by a rule', async () => {
  const { server, clock, ben, conversationId, a } = await shortLived()
  server.say(ben, conversationId, 'by hand')
  await clock.pass(1_000)
  a.transport.refuse = (name) => (name === 'messages.send' ? { code: 'forbidden' } : null)
  const [byRule, byHand] = a.client.conversation(conversationId)?.messages.slice(-2) ?? []
  for (const replyTo of [byRule, byHand]) await a.client.send(conversationId, 'Why?', replyTo && { replyTo })
  await clock.pass(1_000)
  deleteMessage(server, ben, byHand?.id ?? '')
  await clock.pass(1_000)
  expect(await outboxOf(a)).not.toContain('by hand')
  expect(await outboxOf(a)).toContain('goes')
  const discussion = server.discussions.get(conversationId)
  discussion?.purged.add(byRule?.number ?? 0)
  if (discussion) tellPurge(server, conversationId, discussion)
  await clock.pass(1_000)
  expect(await outboxOf(a)).not.toContain('goes')
  expect(a.client.conversation(conversationId)?.messages.slice(-2)).toMatchObject([
    { text: 'Why?', delivery: 'failed', replyTo: { kind: 'deleted', text: '' } },
    { text: 'Why?', delivery: 'failed', replyTo: { kind: 'deleted', text: '' } },
  ])
})

test('by a clock that is a day wrong it vanishes at the server’s time', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  Object.defineProperty(server, 'now', { get: () => clock.now() - DAY })
  setDisappearing(server, ben, conversationId, DAY / 1_000)
  server.say(ben, conversationId, 'goes')
  const a = await liveDevice(server, clock, ana)
  await a.client.openConversation(conversationId)
  await clock.pass(DAY - 60_000)
  expect(texts(a.client, conversationId)).toEqual(['', 'goes'])
  await clock.pass(120_000)
  expect(texts(a.client, conversationId)).toEqual([''])
})

test('Y12: what the server has deleted meanwhile is gone and not unread, on every device', async () => {
  const { server, clock, ana, ben, conversationId, a } = await shortLived()
  server.say(ben, conversationId, 'goes too')
  await clock.pass(DAY)
  setDisappearing(server, ben, conversationId, null)
  server.say(ben, conversationId, 'stays for good')
  await clock.pass(1_000)
  purgeExpired(server)
  await clock.pass(1_000)
  const fresh = await liveDevice(server, clock, ana)
  await fresh.client.openConversation(conversationId)
  for (const { client, store } of [a, fresh]) {
    expect(texts(client, conversationId)).toEqual(['stays', '', '', 'stays for good'])
    expect(row(client, conversationId)).toMatchObject({ unread: 2, lastMessage: { text: 'stays for good' } })
    const kept = await store.readMessages(conversationId, 0, 100, 100)
    expect(kept.map(({ message }) => message.number)).toEqual([1, 2, 5, 6])
  }
})
