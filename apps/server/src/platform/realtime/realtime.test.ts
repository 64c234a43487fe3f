import { PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import type { Change } from '@parley/contracts/sync/change'
import { io, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { newId } from '../../kernel/ids.ts'
import { createRateLimits, rateLimitTable } from '../rate-limit/rate-limits.ts'
import { anActor, eventsWith, startFixture, type Fixture } from '../testing/platform-fixture.ts'
import { mountEvents, type EventHandlers } from './mount-events.ts'

let fixture: Fixture
const sockets: Socket[] = []

const subscribing: Partial<EventHandlers> = { subscribe: async () => ({ serverTime: 5 }) }

async function start(
  events: Partial<EventHandlers> = subscribing,
  more: Parameters<typeof startFixture>[0] = {},
) {
  fixture = await startFixture({ events, ...more })
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect()
  await fixture.server.close()
})

const options = { path: '/api/socket', transports: ['websocket'], reconnection: false, forceNew: true }

function open(auth: Record<string, unknown> = {}, extraHeaders: Record<string, string> = {}): Socket {
  const socket = io(fixture.base, { ...options, auth, extraHeaders })
  sockets.push(socket)
  return socket
}

const once = <T>(socket: Socket, event: string) =>
  new Promise<T>((resolve) => socket.once(event, (payload: T) => resolve(payload)))

async function connected(actor: Actor = anActor()): Promise<Socket> {
  const socket = open({ token: fixture.sessions.signIn(actor), protocol: PROTOCOL_VERSION })
  await once(socket, 'connect')
  return socket
}

/** A connection that speaks for itself, below Socket.IO. */
async function openRaw() {
  const raw = new WebSocket(`${fixture.base.replace('http', 'ws')}/api/socket/?EIO=4&transport=websocket`)
  const closed = new Promise((resolve) => raw.addEventListener('close', resolve))
  await new Promise((resolve) => raw.addEventListener('open', resolve))
  return { raw, closed }
}

/** The client's websocket itself, which can stop reading. */
const wireOf = (socket: Socket) =>
  (socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }).ws
const refusal = async (socket: Socket) =>
  (await once<{ data?: { error: { code: string } } }>(socket, 'connect_error')).data?.error.code

const codeOf = (answer: unknown) => (answer as { error?: { code: string } }).error?.code

describe('the handshake', () => {
  it('A6: wants a live session, by token or by cookie', async () => {
    await start()
    const actor = anActor()
    const token = fixture.sessions.signIn(actor)
    expect(await refusal(open())).toBe('not_signed_in')
    expect(await refusal(open({ token: 'forged' }))).toBe('not_signed_in')
    await once(open({}, { cookie: `parley_access=${token}` }), 'connect')
    fixture.sessions.end(actor.sessionId)
    expect(await refusal(open({ token }))).toBe('not_signed_in')
  })
  it('refuses other sites, programs that are too old and what cannot be read', async () => {
    await start()
    const token = fixture.sessions.signIn(anActor())
    expect(await refusal(open({ token }, { origin: 'https://evil.example' }))).toBe('foreign_origin')
    expect(await refusal(open({ token, protocol: 0 }))).toBe('client_too_old')
    expect(await refusal(open({ token: { $ne: 1 } }))).toBe('invalid_input')
    await once(open({ token }, { origin: fixture.base }), 'connect')
  })
  it('A12: is not even begun over plain HTTP, whether round the declared proxy or through it', async () => {
    await start(subscribing, { settings: { trustProxy: 'loopback' } })
    const token = fixture.sessions.signIn(anActor())
    const through = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' }
    const wholly = await once<Error & { context?: { responseText?: string } }>(
      open({ token }, through),
      'connect_error',
    )
    expect(wholly.message).toBe('websocket error') // turned away at the upgrade: the token was never asked for
    await once(open({ token }, { ...through, 'x-forwarded-proto': 'https' }), 'connect')
    await once(open({ token }), 'connect') // this machine itself
    await fixture.server.close()
    await start(subscribing, { settings: { trustProxy: '192.0.2.1' } })
    const round = open({ token: fixture.sessions.signIn(anActor()) }, { 'x-forwarded-proto': 'https' })
    expect((await once<Error>(round, 'connect_error')).message).toBe('websocket error')
  })
  it('A10: counts by the address that a declared proxy wrote, and believes no other', async () => {
    const limited = () =>
      createRateLimits(() => 0, { ...rateLimitTable, connect: { address: { burst: 1, perSecond: 1 } } })
    const from = (address: string) => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' })
    await start(subscribing, { rateLimits: limited(), settings: { trustProxy: 'loopback' } })
    expect(await refusal(open({}, from('203.0.113.1')))).toBe('not_signed_in')
    expect(await refusal(open({}, from('203.0.113.2')))).toBe('not_signed_in')
    expect(await refusal(open({}, from('203.0.113.2')))).toBe('rate_limited')
    await fixture.server.close()
    await start(subscribing, { rateLimits: limited() })
    expect(await refusal(open({}, from('203.0.113.1')))).toBe('not_signed_in')
    expect(await refusal(open({}, from('203.0.113.2')))).toBe('rate_limited')
  })
  it('A2: closes a connection whose session ended before it was complete', async () => {
    await start()
    const actor = anActor()
    const socket = open({ token: fixture.sessions.signIn(actor) })
    fixture.realtime.onConnect(() => fixture.sessions.end(actor.sessionId))
    await once(socket, 'disconnect')
  })
})

describe('events', () => {
  it('are answered as their contract says', async () => {
    await start()
    expect(await (await connected()).emitWithAck('sync.subscribe', {})).toEqual({ serverTime: 5 })
  })
  it('A5: with unknown keys, wrong types, NUL bytes or nothing at all are refused by field', async () => {
    await start({ ...subscribing, sendMessage: async () => Promise.reject(new Error('must not get here')) })
    const socket = await connected()
    const ids = { id: newId(), conversationId: newId() }
    expect(codeOf(await socket.emitWithAck('sync.subscribe', { x: 1 }))).toBe('invalid_input')
    expect(codeOf(await socket.emitWithAck('messages.send', { ...ids, text: 'a\u0000' }))).toBe(
      'invalid_input',
    )
    expect(codeOf(await socket.emitWithAck('messages.send', { ...ids, text: ['x'] }))).toBe('invalid_input')
    expect(codeOf(await socket.emitWithAck('messages.send', null))).toBe('invalid_input')
    expect(codeOf(await socket.emitWithAck('messages.send'))).toBe('invalid_input')
  })
  it('of unknown names are refused and counted', async () => {
    await start()
    const socket = await connected()
    for (const name of ['messages.delete', '__proto__', 'constructor', 'disconnecting2']) {
      expect(codeOf(await socket.emitWithAck(name, {})), name).toBe('malformed_request')
    }
    expect(fixture.realtime.figures().unknownEvents).toBe(4)
  })
  it('A2: are refused with the rights of now, not those of the handshake', async () => {
    await start()
    const actor = anActor()
    const socket = await connected(actor)
    fixture.sessions.change({ ...actor, passwordIsTemporary: true })
    expect(codeOf(await socket.emitWithAck('sync.subscribe', {}))).toBe('password_change_required')
    fixture.sessions.end(actor.sessionId)
    expect(codeOf(await socket.emitWithAck('sync.subscribe', {}))).toBe('not_signed_in')
  })
  it('carry refusals of domains, and faults without a word of what happened', async () => {
    await start({
      subscribe: async () => Promise.reject(new Error('secret table')),
      watchPresence: async () => Promise.reject(new DomainError('not_found')),
    })
    const socket = await connected()
    const fault = (await socket.emitWithAck('sync.subscribe', {})) as unknown
    expect(codeOf(fault)).toBe('internal')
    expect(JSON.stringify(fault)).not.toContain('table')
    expect(codeOf(await socket.emitWithAck('presence.watch', { memberIds: [] }))).toBe('not_found')
    expect(fixture.logged().match(/"level":"error"/g)).toHaveLength(1)
  })
  it('A3: cannot be without a handler', () => {
    const { subscribe: _, ...rest } = eventsWith({})
    expect(() => mountEvents(rest as never)).toThrow('the event sync.subscribe has no handler')
  })
})

describe('floods', () => {
  it('A6: a thousand frames in a second are refused by name, then the connection is closed; others do not notice', async () => {
    await start(subscribing, { rateLimits: createRateLimits() })
    const other = await connected()
    const socket = await connected()
    const answers = new Map<string, number>()
    const count = (answer: unknown) => {
      const key = codeOf(answer) ?? 'answered'
      answers.set(key, (answers.get(key) ?? 0) + 1)
    }
    for (let sent = 0; sent < 1_000; sent += 1) socket.emit('sync.subscribe', {}, count)
    expect(await other.timeout(5_000).emitWithAck('sync.subscribe', {})).toEqual({ serverTime: 5 })
    await expect.poll(() => (answers.get('rate_limited') ?? 0) + (answers.get('answered') ?? 0)).toBe(1_000)
    expect(answers.get('rate_limited')).toBeGreaterThan(400)
    const closed = once(socket, 'disconnect')
    for (let sent = 0; sent < 2_000; sent += 1) socket.emit('sync.subscribe', {})
    await closed
    expect(other.connected).toBe(true)
    expect(fixture.realtime.figures().cutOff).toBe(1)
  })
  it('A6: oversized and binary frames, and a second handshake, close the connection', async () => {
    await start()
    const tooLong = await connected()
    tooLong.emit('sync.subscribe', { x: 'x'.repeat(70_000) })
    await once(tooLong, 'disconnect')
    const binary = await connected()
    binary.emit('sync.subscribe', Buffer.alloc(9))
    await once(binary, 'disconnect')
    const token = fixture.sessions.signIn(anActor())
    const { raw, closed } = await openRaw()
    for (let sent = 0; sent < 3; sent += 1) raw.send(`40${JSON.stringify({ token })}`)
    await closed
  })
  it('A6: frames that are no frames close the connection, and the server goes on', async () => {
    await start()
    for (const frame of ['x', '4', '42[', '42{"a":1}', '42["connect"]', '9']) {
      const { raw, closed } = await openRaw()
      raw.send(`40${JSON.stringify({ token: fixture.sessions.signIn(anActor()) })}`)
      raw.send(frame)
      await closed
    }
    expect(await (await connected()).emitWithAck('sync.subscribe', {})).toEqual({ serverTime: 5 })
    expect(fixture.logged()).not.toContain('"level":"error"')
  })
})

describe('signals', () => {
  const aChange = (id: string): Change => ({
    seq: 1,
    audience: 'org',
    prev: 0,
    kind: 'department',
    id,
    data: { id, name: 'Sales' },
  })

  it('reach every connection of the members meant, once, and no other', async () => {
    await start()
    const [ana, bo, eve] = [anActor(), anActor(), anActor()]
    const all = await Promise.all([connected(ana), connected(ana), connected(bo), connected(eve)])
    const heard = [0, 0, 0, 0]
    all.forEach((socket, index) => socket.on('changes', () => (heard[index] = (heard[index] ?? 0) + 1)))
    const except = all[1].id
    fixture.realtime.toMembers([ana.memberId, bo.memberId], 'changes', [aChange(newId())], {
      exceptConnection: except,
    })
    await expect.poll(() => heard).toEqual([1, 0, 1, 0])
    fixture.realtime.toConnections([all[3].id ?? ''], 'changes', [aChange(newId())])
    await expect.poll(() => heard).toEqual([1, 0, 1, 1])
    expect(fixture.realtime.connectionsOf(ana.memberId)).toHaveLength(2)
    expect(fixture.realtime.connectionCount()).toBe(4)
  })
  it('A7: that say more than their contract never leave while they are checked', async () => {
    await start()
    const leak = [{ ...aChange(newId()), passwordHash: 'x' }]
    expect(() => fixture.realtime.toMembers([newId()], 'changes', leak)).toThrow('breaks its contract')
  })
  it('A2: tell a session that it is over, and close its connections', async () => {
    await start()
    const ana = anActor()
    const other = { ...ana, sessionId: newId() }
    const [one, two] = [await connected(ana), await connected(other)]
    const reason = once(one, 'session-ended')
    const closed = once(one, 'disconnect')
    fixture.realtime.endSessions({ sessionIds: [ana.sessionId] }, 'signed-out')
    expect(await reason).toEqual({ reason: 'signed-out' })
    await closed
    expect(two.connected).toBe(true)
    const second = once(two, 'disconnect')
    fixture.realtime.endSessions({ memberId: ana.memberId }, 'deactivated')
    await second
  })
  it('tell of the end, finish what is under way, and spread the return', async () => {
    let finish = () => {}
    const slow = new Promise<void>((resolve) => (finish = resolve))
    await start({ subscribe: async () => slow.then(() => ({ serverTime: 7 })) })
    const socket = await connected()
    const answer = socket.emitWithAck('sync.subscribe', {})
    await expect.poll(() => fixture.realtime.connectionCount()).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const stopping = once<{ reconnectAfter: number }>(socket, 'server-stopping')
    const closed = fixture.server.close()
    expect((await stopping).reconnectAfter).toBeGreaterThanOrEqual(500)
    expect(codeOf(await socket.emitWithAck('sync.subscribe', {}))).toBe('shutting_down')
    finish()
    expect(await answer).toEqual({ serverTime: 7 })
    await closed
    expect(socket.connected).toBe(false)
  })
  it('are whole whatever their length and letters', async () => {
    await start()
    const ana = anActor()
    const socket = await connected(ana)
    for (const length of [10, 100, 1_000, 70_000]) {
      const heard = once<Change[]>(socket, 'changes')
      const id = newId()
      const sent: Change = { ...aChange(id), kind: 'department', data: { id, name: 'ü✈'.repeat(length) } }
      fixture.realtime.toMembers([ana.memberId], 'changes', [sent])
      expect(await heard).toEqual([sent])
    }
  })
  it('A6: wait for a connection that does not read only up to a bound; then it is closed', async () => {
    await start(subscribing, { checkAnswers: false })
    const ana = anActor()
    const socket = await connected(ana)
    const ws = wireOf(socket)
    ws.pause()
    const closed = once(socket, 'disconnect')
    const sent = [{ ...aChange(newId()), data: { id: newId(), name: 'x'.repeat(20_000) } } as Change]
    // what fits into the buffers of both ends' sockets, and no more than a few thousand of our own
    for (let round = 0; round < 5 && fixture.realtime.connectionCount() > 0; round += 1) {
      for (let frame = 0; frame < 200; frame += 1) fixture.realtime.toMembers([ana.memberId], 'changes', sent)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(fixture.realtime.connectionCount()).toBe(0)
    expect(fixture.realtime.figures().cutOff).toBe(1)
    ws.resume()
    await closed
  })
  it('A6: of what a connection asks for and does not read no more waits than that', async () => {
    const long = { serverTime: 5, more: 'x'.repeat(20_000) }
    await start({ subscribe: async () => long }, { checkAnswers: false })
    const socket = await connected()
    const ws = wireOf(socket)
    ws.pause()
    const closed = once(socket, 'disconnect')
    for (let round = 0; round < 50 && fixture.realtime.connectionCount() > 0; round += 1) {
      for (let asked = 0; asked < 50; asked += 1) socket.emit('sync.subscribe', {}, () => {})
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(fixture.realtime.connectionCount()).toBe(0)
    ws.resume()
    await closed
  })
  it('A6: of one member are bounded: the oldest makes room', async () => {
    await start()
    const ana = anActor()
    const first = await connected(ana)
    const closed = once(first, 'disconnect')
    for (let opened = 0; opened < 30; opened += 1) await connected(ana)
    await closed
    expect(fixture.realtime.connectionsOf(ana.memberId)).toHaveLength(30)
  })
  it('let domains hear of connections as they come and go', async () => {
    await start()
    const heard: string[] = []
    fixture.realtime.onConnect(({ memberId }) => heard.push(`+${memberId}`))
    fixture.realtime.onConnect(() => {
      throw new Error('a listener that fails harms nobody')
    })
    fixture.realtime.onDisconnect(({ memberId }) => heard.push(`-${memberId}`))
    const ana = anActor()
    const socket = await connected(ana)
    socket.disconnect()
    await expect.poll(() => heard).toEqual([`+${ana.memberId}`, `-${ana.memberId}`])
  })
})
