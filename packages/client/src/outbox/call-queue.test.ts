import { signals } from '@parley/contracts/events'
import { expect, test } from 'vitest'
import type { MessageView } from '../client-api.ts'
import { memoryStore } from '../local-store/memory-store.ts'
import { chat, later } from '../testing/chat.ts'
import { type Device, device, liveDevice } from '../testing/device.ts'
import { testTabs } from '../testing/test-platform.ts'

const view = ({ client }: Device, conversationId: string, index = -1): MessageView => {
  const found = client.conversation(conversationId)?.messages.at(index)
  if (!found) throw new Error('there is no such message')
  return found
}

/** Somebody who has sent one message, and whoever else. */
async function sent() {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  await a.client.send(conversationId, 'frist')
  await clock.pass(100)
  return { server, clock, ana, ben, conversationId, a }
}
const textAt = (server: Awaited<ReturnType<typeof sent>>['server'], id: string) =>
  server.discussions.get(id)?.messages.at(-1)?.message.text

test('an edit shows at once, and stays what it is when the server has it', async () => {
  const { server, clock, conversationId, a } = await sent()
  const shown: string[] = []
  a.client.subscribe(`conversation:${conversationId}`, () => {
    const { text, saving } = view(a, conversationId)
    shown.push(`${text}${saving ? ' …' : ''}`)
  })
  await a.client.editMessage(view(a, conversationId), 'first')
  expect(view(a, conversationId)).toMatchObject({ text: 'first', edited: true, saving: true })
  await clock.pass(100)
  expect(view(a, conversationId)).toMatchObject({ text: 'first', edited: true, saving: false })
  expect(textAt(server, conversationId)).toBe('first')
  expect([...new Set(shown)]).toEqual(['first …', 'first'])
})

test('Y6: an edit made offline survives a restart, and of several the last is sent, once', async () => {
  const { server, clock, ana, conversationId, a } = await sent()
  a.transport.goOffline()
  for (const text of ['one', 'two', 'three']) await a.client.editMessage(view(a, conversationId), text)
  await clock.pass(60_000)
  await a.client.stop()
  const again = device(server, clock, ana, { store: a.store })
  again.transport.online = false
  await again.client.start()
  await clock.pass(10)
  expect(view(again, conversationId)).toMatchObject({ text: 'three', saving: true })
  again.transport.online = true
  await clock.pass(60_000)
  expect(textAt(server, conversationId)).toBe('three')
  expect(again.transport.log.filter((name) => name === 'editMessage')).toHaveLength(1)
  expect(view(again, conversationId).saving).toBe(false)
})

test('Y6: an answer that is lost is asked for again', async () => {
  const { clock, server, conversationId, a } = await sent()
  a.transport.loseAnswers.add('editMessage')
  a.transport.frames = () => []
  await a.client.editMessage(view(a, conversationId), 'first')
  await clock.pass(5_000)
  expect(view(a, conversationId).saving).toBe(true)
  a.transport.loseAnswers.clear()
  await clock.pass(60_000)
  expect(view(a, conversationId)).toMatchObject({ text: 'first', saving: false })
  expect(textAt(server, conversationId)).toBe('first')
})

test('what the server refuses says why, keeps what was typed, and holds up nothing behind it', async () => {
  const { clock, conversationId, a } = await sent()
  await a.client.send(conversationId, 'second')
  await clock.pass(100)
  a.transport.refuse = (name, payload) =>
    name === 'editMessage' && JSON.stringify(payload).includes('too late')
      ? { code: 'too_late_to_edit' }
      : null
  await a.client.editMessage(view(a, conversationId, 0), 'too late')
  await a.client.editMessage(view(a, conversationId, 1), 'in time')
  await clock.pass(100)
  expect(view(a, conversationId, 1)).toMatchObject({ text: 'in time', refusedEdit: null })
  const failure = 'refused: too_late_to_edit'
  expect(view(a, conversationId, 0)).toMatchObject({
    text: 'frist',
    refusedEdit: { text: 'too late', failure },
  })
  const [refused] = a.client.refused()
  expect(refused).toMatchObject({ route: 'editMessage', conversationId, failure })
  await a.client.forgetRefused(refused?.key ?? '')
  expect(view(a, conversationId, 0).refusedEdit).toBe(null)
  expect(a.client.refused()).toEqual([])
})

test('what was changed again while it was on its way is sent after it', async () => {
  const { server, clock, conversationId, a } = await sent()
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'editMessage' ? promise : null)
  await a.client.editMessage(view(a, conversationId), 'one')
  await clock.pass(10)
  await a.client.editMessage(view(a, conversationId), 'two')
  a.transport.hold = () => null
  arrive()
  await clock.pass(100)
  expect(textAt(server, conversationId)).toBe('two')
  expect(view(a, conversationId)).toMatchObject({ text: 'two', saving: false })
})

test('a tab that follows has the one that leads do it', async () => {
  const { server, clock, ana, conversationId } = await sent()
  const [store, tabs] = [memoryStore(true), testTabs()]
  const leader = await liveDevice(server, clock, ana, { store, tabs })
  const follower = device(server, clock, ana, { store, tabs })
  await follower.client.start()
  await clock.pass(100)
  await follower.client.editMessage(view(follower, conversationId), 'first')
  await clock.pass(100)
  expect(textAt(server, conversationId)).toBe('first')
  expect(follower.transport.log).not.toContain('editMessage')
  for (const tab of [leader, follower])
    expect(view(tab, conversationId)).toMatchObject({ text: 'first', saving: false })
})

test('nothing is sent that has no letters', async () => {
  const { conversationId, a } = await sent()
  await expect(a.client.editMessage(view(a, conversationId), '  ')).rejects.toMatchObject({
    code: 'invalid_input',
  })
})

test('Y9: what is answered after the session has ended brings nothing back', async () => {
  const { server, clock, ana, conversationId, a } = await sent()
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'changeChatPreference' ? promise : null)
  await a.client.changeChat(conversationId, { archived: true })
  await clock.pass(100)
  expect(a.transport.log).toContain('changeChatPreference')
  server.signalTo(ana, signals.sessionEnded.name, { reason: 'deleted' })
  await clock.pass(100)
  expect(a.client.session()).toEqual({ state: 'signed-out', reason: 'deleted' })
  arrive()
  await clock.pass(5_000)
  const { records, calls } = await a.store.readAll()
  expect({ records, calls }).toEqual({ records: [], calls: [] })
})
