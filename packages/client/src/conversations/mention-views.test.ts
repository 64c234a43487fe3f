import { markId } from '@parley/contracts/conversations/mark-id'
import { expect, test } from 'vitest'
import { chat } from '../testing/chat.ts'
import { liveDevice } from '../testing/device.ts'

/** A group in which Ben is called by name in messages 2 and 3, and everybody in 4. */
async function called() {
  const { server, clock, ana, ben } = chat()
  const id = server.addGroup([ana, ben])
  const { client } = await liveDevice(server, clock, ben)
  for (const text of ['@Ben', '@Ben again', '@all']) server.say(ana, id, text)
  server.append(`member:${ben}`, 'mentioned', markId(id, ben), { conversationId: id, numbers: [2, 3] })
  server.append(`conversation:${id}`, 'mentioned', id, { conversationId: id, numbers: [4] })
  await clock.pass(500)
  return { server, clock, ana, ben, id, client }
}

test('Y12: a chat says which unread messages mention the member, until they have been seen', async () => {
  const { client, clock, id } = await called()
  const row = () => client.chats().find(({ conversationId }) => conversationId === id)
  expect(client.conversation(id)?.mentions).toEqual([2, 3, 4])
  expect(row()?.mentions).toBe(3)
  client.markSeen(id, 3)
  expect(client.conversation(id)?.mentions).toEqual([4])
  client.markSeen(id, 4)
  await clock.pass(500)
  expect(row()?.mentions).toBe(0)
})

test('Y9: where access is lost, nothing is left of where the member was mentioned', async () => {
  const { server, clock, ana, ben, id, client } = await called()
  server.removeFromGroup(ana, id, ben, false)
  await clock.pass(500)
  expect(client.conversation(id)).toBeNull()
  expect(JSON.stringify(await client.dump())).not.toContain(id)
})

test('what is written calls whom it names among those in the group, and in a chat of two nobody', async () => {
  const { server, clock, ana, ben } = chat()
  const cleo = server.addMember('Cleo')
  server.addMember('Dora')
  const id = server.addGroup([ana, ben, cleo])
  const direct = server.addConversation([ana, ben])
  const { client, platform } = await liveDevice(server, clock, ana)
  // what waits offline says already whom it calls
  platform.setOnline(false)
  await client.send(id, 'hello @ben, @Cleo and @Dora')
  await client.send(direct, '@Ben')
  const mentions = (of: string) => client.conversation(of)?.messages.at(-1)?.mentions
  expect(mentions(id)).toEqual({ memberIds: [ben, cleo] })
  expect(mentions(direct)).toBeNull()
})
