import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anActor, startFixture, type Fixture } from '../testing/platform-fixture.ts'

let fixture: Fixture
const sockets: Socket[] = []

function open(options: Record<string, unknown> = {}): Socket {
  const socket = io(fixture.base, {
    path: '/api/socket',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  })
  sockets.push(socket)
  return socket
}

const once = (socket: Socket, event: string) =>
  new Promise<never>((resolve) => socket.once(event, resolve as () => void))

beforeEach(async () => {
  fixture = await startFixture({
    events: { subscribe: async () => ({ serverTime: 5 }) },
  })
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect()
  await fixture.server.close()
})

describe('realtime', () => {
  it('A6: a connection without a token is refused with a failure it can read', async () => {
    const error = await once(open(), 'connect_error')
    expect(error).toMatchObject({ data: { error: { code: 'not_signed_in' } } })
  })
  it('answers an event of the contracts', async () => {
    const token = fixture.sessions.signIn(anActor())
    const socket = open({ auth: { token, protocol: 1 } })
    await once(socket, 'connect')
    expect(await socket.emitWithAck('sync.subscribe', {})).toEqual({ serverTime: 5 })
  })
})
