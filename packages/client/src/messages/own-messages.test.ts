import { termsOf } from '@parley/contracts/search/match'
import { expect, test } from 'vitest'
import type { ParleyClient } from '../client-api.ts'
import { chat } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'

const shown = (client: ParleyClient, id: string) =>
  client.conversation(id)?.messages.map(({ text, starred }) => (starred ? `*${text}` : text))
const found = (client: ParleyClient, id: string, text: string) => {
  const message = client.conversation(id)?.messages.find((one) => one.text === text)
  if (!message) throw new Error(`no message says ${text}`)
  return message
}
const starred = async (client: ParleyClient) =>
  (await client.readStarred(client.starred())).map(({ text }) => text)

test('a star shows at once, offline, outlives the program, and reaches the member’s other devices alone', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (const text of ['one', 'two']) server.say(ben, conversationId, text)
  const [a, a2, b] = await Promise.all([ana, ana, ben].map((member) => liveDevice(server, clock, member)))
  if (!a || !a2 || !b) throw new Error('three devices')
  for (const { client } of [a, a2, b]) await client.openConversation(conversationId)
  a.transport.goOffline()
  await a.client.starMessage(found(a.client, conversationId, 'one'), true)
  expect(shown(a.client, conversationId)).toEqual(['*one', 'two'])
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  await again.client.openConversation(conversationId)
  expect(shown(again.client, conversationId)).toEqual(['*one', 'two'])
  expect(await starred(again.client)).toEqual(['one'])
  again.transport.online = true
  await clock.pass(60_000)
  expect([await starred(again.client), await starred(a2.client)]).toEqual([['one'], ['one']])
  expect(shown(a2.client, conversationId)).toEqual(['*one', 'two'])
  expect([shown(b.client, conversationId), b.client.starred()]).toEqual([['one', 'two'], []])
  await a2.client.starMessage(found(a2.client, conversationId, 'one'), false)
  await clock.pass(500)
  expect(again.client.starred()).toEqual([])
})

test('where the newest message was deleted for oneself, the list shows the one before as soon as that is read', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (const text of ['one', 'two']) server.say(ben, conversationId, text)
  const a = await liveDevice(server, clock, ana)
  await a.client.openConversation(conversationId)
  await a.client.hideMessage(found(a.client, conversationId, 'two'))
  await clock.pass(500)
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  await again.client.start()
  const listed = () => again.client.chats().map(({ lastMessage }) => lastMessage?.text)
  expect(listed()).toEqual([undefined])
  await again.client.openConversation(conversationId)
  expect(listed()).toEqual(['one'])
})

test('what one deletes for oneself shows nowhere any more, offline as well; the others keep it', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  for (const text of ['one', 'two']) server.say(ben, conversationId, text)
  const [a, a2, b] = await Promise.all([ana, ana, ben].map((member) => liveDevice(server, clock, member)))
  if (!a || !a2 || !b) throw new Error('three devices')
  for (const { client } of [a, a2, b]) await client.openConversation(conversationId)
  await a.client.starMessage(found(a.client, conversationId, 'two'), true)
  await clock.pass(500)
  a.transport.goOffline()
  await a.client.hideMessage(found(a.client, conversationId, 'two'))
  const query = {
    terms: termsOf('two'),
    from: [],
    in: [],
    has: [],
    after: 0,
    before: Number.MAX_SAFE_INTEGER,
  }
  const nowhere = async ({ client }: { client: ParleyClient }) => [
    shown(client, conversationId),
    client.chats()[0]?.lastMessage?.text,
    client.starred(),
    await client.searchDevice(query, 5),
  ]
  expect(await nowhere(a)).toEqual([['one'], 'one', [], []])
  a.transport.online = true
  await clock.pass(60_000)
  for (const one of [a, a2]) expect(await nowhere(one)).toEqual([['one'], 'one', [], []])
  expect(shown(b.client, conversationId)).toEqual(['one', 'two'])
})
