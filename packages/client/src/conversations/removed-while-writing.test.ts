import { expect, test } from 'vitest'
import { chat } from '../testing/chat.ts'
import { device, liveDevice } from '../testing/device.ts'

/** Ben writes in a group of Ana's. */
async function writing() {
  const { server, clock, ana, ben } = chat()
  const id = server.addGroup([ana, ben])
  const b = await liveDevice(server, clock, ben)
  b.client.setDraft(id, 'What I wanted to say')
  await clock.pass(1_000)
  return { server, clock, ana, ben, id, b }
}

test('Y6: who is removed while writing reads on, writes no more, and still has what they had begun', async () => {
  const { server, clock, ana, ben, id, b } = await writing()
  expect(b.client.conversation(id)?.closed).toBeNull()
  server.removeFromGroup(ana, id, ben)
  await clock.pass(1_000)
  expect(b.client.conversation(id)?.closed).toBe('left')
  expect([b.client.draft(id), b.client.leftovers()]).toEqual(['What I wanted to say', []])
  await b.client.stop()
  const again = device(server, clock, ben, { store: b.store })
  await again.client.start()
  await clock.pass(1_000)
  expect(again.client.conversation(id)?.closed).toBe('left')
  expect(again.client.draft(id)).toBe('What I wanted to say')
})

test('Y9: who is removed without a trace of the chat finds what they had begun beside the others, until they discard it', async () => {
  const { server, clock, ana, ben, id, b } = await writing()
  b.transport.goOffline()
  const messageId = await b.client.send(id, 'On its way')
  server.removeFromGroup(ana, id, ben, false)
  b.transport.online = true
  await clock.pass(60_000)
  expect(b.client.conversation(id)).toBeNull()
  expect(b.client.leftovers()).toEqual([
    { conversationId: id, messageId: null, text: 'What I wanted to say' },
    { conversationId: id, messageId, text: 'On its way' },
  ])
  expect(server.discussions.get(id)?.messages.map(({ message }) => message.text)).not.toContain('On its way')
  b.client.setDraft(id, '')
  await b.client.discard(messageId)
  await clock.pass(1_000)
  expect(b.client.leftovers()).toEqual([])
})
