import { expect, test } from 'vitest'
import { chat } from '../testing/chat.ts'
import { purgeHistory } from '../testing/fake-purge.ts'
import { liveDevice } from '../testing/device.ts'

function group(size = 3) {
  const { server, clock, ana, ben } = chat()
  const others = Array.from({ length: size - 2 }, (_, index) => server.addMember(`Colleague ${index}`))
  const members = [ana, ben, ...others]
  return { server, clock, ana, ben, others, id: server.addGroup(members) }
}

test('a group shows its name, who is in it, and who of them are its admins', async () => {
  const { server, clock, ana, id } = group()
  const { client } = await liveDevice(server, clock, ana)
  expect(client.chats().find(({ conversationId }) => conversationId === id)).toMatchObject({
    group: { name: 'Harbour' },
    other: null,
    unread: 0,
  })
  const view = client.conversation(id)
  expect(view?.participants.map(({ member, admin }) => [member.name, admin])).toEqual([
    ['Ana', true],
    ['Ben', false],
    ['Colleague 0', false],
  ])
  expect(view?.closed).toBeNull()
})

test('Y12: system lines are never unread, what people write is', async () => {
  const { server, clock, ana, ben, id } = group()
  const { client } = await liveDevice(server, clock, ana)
  server.changeGroup(ben, id, { name: 'Pier' })
  await clock.pass(500)
  expect(client.conversation(id)).toMatchObject({ unread: 0, lastNumber: 2 })
  server.say(ben, id, 'one')
  server.changeGroup(ben, id, { name: 'Quay' })
  server.say(ben, id, 'two')
  await clock.pass(500)
  expect(client.conversation(id)?.unread).toBe(2)
  client.markSeen(id, 4)
  expect(client.conversation(id)?.unread).toBe(1)
  await clock.pass(2_000)
  expect(client.conversation(id)?.unread).toBe(1)
  client.markSeen(id, 5)
  expect(client.totalUnread()).toBe(0)
})

test('Y11: a message is delivered and seen when the last of all has it', async () => {
  const { server, clock, ana, ben, others, id } = group()
  const { client } = await liveDevice(server, clock, ana)
  await client.send(id, 'hello')
  await clock.pass(500)
  const delivery = () => client.conversation(id)?.messages.at(-1)?.delivery
  expect(delivery()).toBe('sent')
  server.raiseMark(ben, id, 2, 2)
  await clock.pass(10)
  expect(delivery()).toBe('sent')
  for (const other of others) server.raiseMark(other, id, 2, 0)
  await clock.pass(10)
  expect(delivery()).toBe('delivered')
  for (const other of others) server.raiseMark(other, id, 2, 2)
  await clock.pass(10)
  expect(delivery()).toBe('seen')
})

test('Y10: who types is named up to two, and counted from there', async () => {
  const { server, clock, ana, ben, others, id } = group(5)
  const { client } = await liveDevice(server, clock, ana)
  const type = (memberId: string) =>
    server.signalTo(ana, 'typing', { conversationId: id, memberId, typing: true })
  type(ben)
  await clock.pass(10)
  expect(client.typers(id)).toEqual({ names: ['Ben'], more: 0 })
  expect(client.typers(id)).toBe(client.typers(id))
  for (const other of others) type(other)
  await clock.pass(10)
  expect(client.typers(id)).toEqual({ names: ['Ben', 'Colleague 0'], more: 2 })
  const row = client.chats().find(({ conversationId }) => conversationId === id)
  expect(row?.typers.more).toBe(2)
})

test('Y9: who is removed keeps what there was, read-only, and hears nothing more', async () => {
  const { server, clock, ana, ben, id } = group()
  const { client } = await liveDevice(server, clock, ben)
  server.say(ana, id, 'last words')
  server.removeFromGroup(ana, id, ben)
  server.say(ana, id, 'among us')
  await clock.pass(500)
  await client.openConversation(id)
  await clock.pass(500)
  const view = client.conversation(id)
  expect(view).toMatchObject({ closed: 'left', participants: [] })
  expect(view?.messages.map(({ text, notice }) => notice?.what ?? text)).toEqual([
    'created',
    'last words',
    'removed',
  ])
  server.addToGroup(ana, id, ben)
  await clock.pass(500)
  expect(client.conversation(id)?.closed).toBeNull()
})

test('Y9: who is removed without keeping anything holds nothing of it', async () => {
  const { server, clock, ana, ben, id } = group()
  const { client } = await liveDevice(server, clock, ben)
  server.say(ana, id, 'secret')
  await clock.pass(500)
  server.removeFromGroup(ana, id, ben, false)
  await clock.pass(500)
  expect(client.conversation(id)).toBeNull()
  expect(JSON.stringify(await client.dump())).not.toContain(id)
})

test('Y9: who comes back and is removed without keeping anything, all while away, holds nothing of what they had kept', async () => {
  const { server, clock, ana, ben, id } = group()
  const b = await liveDevice(server, clock, ben)
  server.say(ana, id, 'old words')
  server.removeFromGroup(ana, id, ben)
  purgeHistory(server, id, 2)
  await clock.pass(500)
  expect(JSON.stringify(await b.client.dump())).toContain(id)
  b.transport.goOffline()
  server.addToGroup(ana, id, ben)
  server.removeFromGroup(ana, id, ben, false)
  b.transport.online = true
  await clock.pass(60_000)
  expect(b.client.connection()).toBe('live')
  const left = (await b.store.readAll()).records.filter(
    ({ kind, data }) => kind !== 'access' && data !== null,
  )
  expect(JSON.stringify(left)).not.toContain(id)
})

test('where only admins write the others are told so before they try', async () => {
  const { server, clock, ana, ben, id } = group()
  const [a, b] = [await liveDevice(server, clock, ana), await liveDevice(server, clock, ben)]
  server.changeGroup(ana, id, { announcementOnly: true })
  await clock.pass(500)
  expect(a.client.conversation(id)?.closed).toBeNull()
  expect(b.client.conversation(id)?.closed).toBe('announcements')
})

test.each(['announcement_only', 'no_longer_in_group'] as const)(
  'Y6: a message refused with %s waits, says why and can be taken back',
  async (code) => {
    const { server, clock, ana, id } = group()
    const { client, transport } = await liveDevice(server, clock, ana)
    transport.refuse = (name) => (name === 'messages.send' ? { code } : null)
    await client.send(id, 'may I?')
    await clock.pass(500)
    const last = client.conversation(id)?.messages.at(-1)
    expect(last).toMatchObject({ delivery: 'failed', text: 'may I?' })
    expect(last?.failure).toBeTruthy()
    expect(await client.takeBack(last?.id ?? '')).toBe('may I?')
  },
)

test('Y11: in a crowd the own marks come in their own time, together', async () => {
  const { server, clock, ana, ben, id } = group(60)
  const { client, transport } = await liveDevice(server, clock, ana)
  await clock.pass(3_000)
  const said = () => transport.log.filter((name) => name === 'marks.raise').length
  const before = said()
  for (let line = 0; line < 5; line += 1) {
    server.say(ben, id, `line ${line}`)
    await clock.pass(60)
  }
  expect(said()).toBe(before)
  await clock.pass(3_000)
  expect(said()).toBe(before + 1)
  expect(client.waiting()).toBe(0)
})
