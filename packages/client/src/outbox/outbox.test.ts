import { expect, test } from 'vitest'
import { CallFailed } from '../call-failed.ts'
import { chat, later } from '../testing/chat.ts'
import { liveDevice } from '../testing/device.ts'

const sentTo = (server: ReturnType<typeof chat>['server'], id: string) =>
  server.discussions.get(id)?.messages.map(({ message }) => message.text)

test('Y6: one message of a conversation is on its way at a time, and they arrive in order', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'messages.send' ? promise : null)
  for (const text of ['one', 'two', 'three']) await a.client.send(conversationId, text)
  await clock.pass(10)
  expect(sentTo(server, conversationId)).toEqual(['one'])
  arrive()
  await clock.pass(10)
  expect(sentTo(server, conversationId)).toEqual(['one', 'two', 'three'])
})

test('Y6: a message whose acknowledgement was lost is sent again and stays one message', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.loseAnswers.add('messages.send')
  a.transport.frames = () => []
  await a.client.send(conversationId, 'only once')
  await clock.pass(10)
  expect(a.client.waiting()).toBe(1)
  a.transport.loseAnswers.clear()
  await clock.pass(5_000)
  expect(a.client.waiting()).toBe(0)
  expect(sentTo(server, conversationId)).toEqual(['only once'])
  expect(a.client.conversation(conversationId)?.messages).toHaveLength(1)
})

test('Y6: the acknowledgement and the live change may race: the message shows once throughout', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const shown: number[] = []
  a.client.subscribe(`conversation:${conversationId}`, () => {
    shown.push(a.client.conversation(conversationId)?.messages.length ?? -1)
  })
  const { promise, arrive } = later()
  a.transport.hold = (name) => (name === 'messages.send' ? promise : null)
  await a.client.send(conversationId, 'hello')
  await clock.pass(10)
  server.signalTo(ana, 'changes', server.catchUp(ana, 0, 1_000).changes?.slice(-1))
  await clock.pass(10)
  expect(a.client.conversation(conversationId)?.messages).toMatchObject([{ number: 1, delivery: 'sent' }])
  expect(a.client.waiting()).toBe(0)
  arrive()
  await clock.pass(10)
  expect(new Set(shown)).toEqual(new Set([1]))
})

test('Y2: what an acknowledgement told is not missed by the changes that follow it', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.log.length = 0
  for (let n = 0; n < 5; n++) {
    server.say(ben, conversationId, `question ${n}`)
    await a.client.send(conversationId, `answer ${n}`)
    server.say(ben, conversationId, `and ${n}`)
    await clock.pass(200)
  }
  expect(a.client.conversation(conversationId)?.messages.map(({ number }) => number)).toHaveLength(15)
  expect(a.transport.log).not.toContain('catchUp')
})

test('Y6: a confirmed message waits for those before it, so that no gap shows', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const held: unknown[] = []
  a.transport.frames = (changes) => {
    held.push(changes)
    return []
  }
  server.say(ben, conversationId, 'first')
  await a.client.send(conversationId, 'second')
  await clock.pass(10)
  expect(a.client.conversation(conversationId)?.messages).toMatchObject([
    { text: 'second', number: null, delivery: 'sent' },
  ])
  expect(a.client.waiting()).toBe(0)
  a.transport.frames = (changes) => [changes]
  for (const frame of held) server.signalTo(ana, 'changes', frame)
  await clock.pass(10)
  expect(a.client.conversation(conversationId)?.messages).toMatchObject([
    { text: 'first', number: 1 },
    { text: 'second', number: 2 },
  ])
})

test('Y6: forerunners that never come are fetched', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.frames = () => []
  server.say(ben, conversationId, 'first')
  await a.client.send(conversationId, 'second')
  await clock.pass(5_000)
  expect(a.client.conversation(conversationId)?.messages.map(({ number }) => number)).toEqual([1, 2])
})

test('a busy server is tried again when it says, and what waits behind waits too', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  let refusals = 1
  a.transport.refuse = (name) =>
    name === 'messages.send' && refusals-- > 0 ? { code: 'rate_limited', retryAfter: 7 } : null
  await a.client.send(conversationId, 'one')
  await a.client.send(conversationId, 'two')
  await clock.pass(6_900)
  expect(a.client.waiting()).toBe(2)
  expect(a.transport.log.filter((name) => name === 'messages.send')).toHaveLength(1)
  await clock.pass(1_500)
  expect(sentTo(server, conversationId)).toEqual(['one', 'two'])
})

test('a full server keeps the message queued, with ever longer waits', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.refuse = (name) => (name === 'messages.send' ? { code: 'storage_full' } : null)
  await a.client.send(conversationId, 'no room yet')
  await clock.pass(120_000)
  const tries = a.transport.log.filter((name) => name === 'messages.send').length
  expect(tries).toBeGreaterThan(4)
  expect(tries).toBeLessThan(15)
  expect(a.client.conversation(conversationId)?.messages[0]?.delivery).toBe('queued')
  a.transport.refuse = () => null
  await clock.pass(40_000)
  expect(sentTo(server, conversationId)).toEqual(['no room yet'])
})

test('a refused message says why, those behind it go on, and it can be retried, taken back or discarded', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.refuse = (name, payload) =>
    name === 'messages.send' && (payload as { text: string }).text.startsWith('bad')
      ? { code: 'forbidden' }
      : null
  for (const text of ['bad one', 'good', 'bad two', 'bad three']) await a.client.send(conversationId, text)
  await clock.pass(10)
  expect(a.client.waiting()).toBe(0)
  const [, one, two, three] = a.client.conversation(conversationId)?.messages ?? []
  expect(one).toMatchObject({ text: 'bad one', delivery: 'failed', failure: 'refused: forbidden' })
  expect(sentTo(server, conversationId)).toEqual(['good'])

  expect(await a.client.takeBack(one?.id ?? '')).toBe('bad one')
  await a.client.discard(two?.id ?? '')
  a.transport.refuse = () => null
  await a.client.retry(three?.id ?? '')
  await clock.pass(10)
  expect(sentTo(server, conversationId)).toEqual(['good', 'bad three'])
  expect(a.client.conversation(conversationId)?.messages).toHaveLength(2)
})

test('an id that was used for something else is replaced, and the message sent', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  let refusals = 1
  a.transport.refuse = (name) => (name === 'messages.send' && refusals-- > 0 ? { code: 'id_taken' } : null)
  await a.client.send(conversationId, 'unlucky')
  await clock.pass(10)
  expect(sentTo(server, conversationId)).toEqual(['unlucky'])
  const ids = a.transport.payloads
    .filter(({ name }) => name === 'messages.send')
    .map(({ payload }) => (payload as { id: string }).id)
  expect(new Set(ids).size).toBe(2)
})

test('a server that fails over one message for ever does not hold up the rest for ever', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  a.transport.refuse = (name, payload) =>
    name === 'messages.send' && (payload as { text: string }).text === 'poison' ? { code: 'internal' } : null
  await a.client.send(conversationId, 'poison')
  await a.client.send(conversationId, 'behind it')
  await clock.pass(20 * 60_000)
  expect(sentTo(server, conversationId)).toEqual(['behind it'])
  expect(a.client.conversation(conversationId)?.messages.at(-1)?.delivery).toBe('failed')
})

test('conversations do not wait for one another', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const other = server.addConversation([ana, ben])
  const a = await liveDevice(server, clock, ana)
  a.transport.refuse = (name, payload) =>
    name === 'messages.send' && (payload as { conversationId: string }).conversationId === conversationId
      ? { code: 'overloaded' }
      : null
  await a.client.send(conversationId, 'stuck')
  await a.client.send(other, 'free')
  await clock.pass(10)
  expect(sentTo(server, other)).toEqual(['free'])
})

test('an empty or endless message is refused before it is kept', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  await expect(a.client.send(conversationId, '   ')).rejects.toBeInstanceOf(CallFailed)
  await expect(a.client.send(conversationId, 'x'.repeat(8_001))).rejects.toMatchObject({
    code: 'invalid_input',
  })
  expect(a.client.waiting()).toBe(0)
})

test('a message on its way cannot be taken back', async () => {
  const { server, clock, ana, conversationId } = chat()
  const a = await liveDevice(server, clock, ana)
  const { promise, arrive } = later()
  a.transport.frames = () => []
  a.transport.hold = (name) => (name === 'messages.send' ? promise : null)
  await a.client.send(conversationId, 'too late')
  const id = a.client.conversation(conversationId)?.messages[0]?.id ?? ''
  expect(a.client.conversation(conversationId)?.messages[0]?.delivery).toBe('sending')
  await expect(a.client.takeBack(id)).rejects.toMatchObject({ code: 'invalid_input' })
  arrive()
  await clock.pass(10)
  await expect(a.client.takeBack(id)).rejects.toMatchObject({ code: 'invalid_input' })
})
