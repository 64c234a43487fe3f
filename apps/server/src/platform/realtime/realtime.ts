import { signals, type Signals } from '@parley/contracts/events'
import type { SignalPayload } from '@parley/contracts/kernel/event'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { Log } from '../log/log.ts'
import { checkAnswer } from '../parse-input.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'
import { answerEvents, type ResolveActor } from './answer-events.ts'
import { admitConnections, refuseOpenHttp, type HandshakeDeps } from './handshake.ts'
import { mountEvents, type EventHandlers, type MountedEvent } from './mount-events.ts'
import { guardFrames } from './guard-frames.ts'
import { sendSignal } from './send-signal.ts'
import type { Connection as LiveConnection, ParleyServer, ParleySocket } from './socket-types.ts'

/** One live connection of a signed-in member. */
export type Connection = LiveConnection

export type SignalName = keyof Signals
type EndReason = SignalPayload<Signals['sessionEnded']>['reason']

/** Which sessions are over: those named, or all of a member. */
export interface Ended {
  readonly sessionIds?: readonly string[]
  readonly memberId?: string
}

/** What a server may do with its live connections. Everything is encoded once, however many receive it. */
export interface Realtime {
  toMembers<N extends SignalName>(
    memberIds: readonly string[],
    signal: N,
    payload: SignalPayload<Signals[N]>,
    options?: { readonly exceptConnection?: string | undefined },
  ): void
  toConnections<N extends SignalName>(
    connectionIds: readonly string[],
    signal: N,
    payload: SignalPayload<Signals[N]>,
  ): void
  /** Tells the connections of these sessions why, and closes them. */
  endSessions(ended: Ended, reason: EndReason): void
  /** Has an organisation's connections come back and catch up, each at another moment: something may have been missed (Y3). */
  recall(scope: OrgScope): void
  connectionsOf(memberId: string): readonly Connection[]
  connectionCount(): number
  onConnect(listener: (connection: Connection) => void): void
  onDisconnect(listener: (connection: Connection) => void): void
}

/** The part of it that the HTTP server drives. */
export interface RealtimeServer extends Realtime {
  /** Starts taking connections. Once. @throws Error when an event has no handler (A3) */
  attach(server: HttpServer, handlers: EventHandlers): void
  /** Tells everybody to come back, each at another moment, finishes the events under way, and closes. */
  stop(within: number): Promise<void>
  figures(): RealtimeFigures
}

export interface RealtimeFigures {
  readonly connections: number
  readonly events: Iterable<MountedEvent>
  /** Events of names that do not exist. */
  readonly unknownEvents: number
  /** Connections closed because they sent too much or what cannot be read. */
  readonly cutOff: number
}

export interface RealtimeDeps extends HandshakeDeps {
  /** @see Authenticate; by session, for every single event */
  readonly resolveActor: ResolveActor
  readonly rateLimits: RateLimits
  readonly log: Log
  /** Everything sent is held against its contract (tests, development). */
  readonly checkAnswers: boolean
}

const SOCKET_PATH = '/api/socket'
const FRAME_MAX_BYTES = 64 * 1024
/** Of one member; tabs of a browser share one, so nobody's devices need more. The oldest is closed for a newer one. */
const CONNECTIONS_MAX = 30
/** The window over which returning clients are spread, in milliseconds. */
const RETURN_WITHIN = 3_000

const memberRoom = (memberId: string) => `m:${memberId}`
const sessionRoom = (sessionId: string) => `s:${sessionId}`

/** Live connections over Socket.IO. It can be handed to domains before it is attached; until then it reaches nobody. */
export function createRealtime(deps: RealtimeDeps): RealtimeServer {
  const io: ParleyServer = new Server({
    path: SOCKET_PATH,
    transports: ['websocket'],
    allowRequest: refuseOpenHttp(deps),
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: FRAME_MAX_BYTES,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    connectTimeout: 5_000,
  })
  const counts = { unknownEvents: 0, cutOff: 0, running: 0, stopping: false }
  let mounted: ReadonlyMap<string, MountedEvent> = new Map()
  const onConnect: ((connection: Connection) => void)[] = []
  const onDisconnect: ((connection: Connection) => void)[] = []

  const send = (rooms: readonly string[], signal: SignalName, payload: unknown, except?: string) => {
    const { name, payload: schema } = signals[signal]
    if (deps.checkAnswers) checkAnswer(schema, payload, name)
    counts.cutOff += sendSignal(io, rooms, name, payload, except)
  }
  return {
    toMembers: (memberIds, signal, payload, options) =>
      send(memberIds.map(memberRoom), signal, payload, options?.exceptConnection),
    toConnections: (connectionIds, signal, payload) => send(connectionIds, signal, payload),
    endSessions({ sessionIds = [], memberId }, reason) {
      const rooms = sessionIds.map(sessionRoom)
      if (memberId !== undefined) rooms.push(memberRoom(memberId))
      send(rooms, 'sessionEnded', { reason })
      if (rooms.length > 0) io.in(rooms).disconnectSockets(true)
    },
    recall(scope) {
      for (const socket of io.sockets.sockets.values()) {
        if (socket.data.connection.scope !== scope) continue
        askBack(socket)
        socket.disconnect(true)
      }
    },
    connectionsOf(memberId) {
      const ids = io.sockets.adapter.rooms.get(memberRoom(memberId)) ?? []
      return [...ids]
        .map((id) => io.sockets.sockets.get(id)?.data.connection)
        .filter((one) => one !== undefined)
    },
    connectionCount: () => io.sockets.sockets.size,
    onConnect: (listener) => void onConnect.push(listener),
    onDisconnect: (listener) => void onDisconnect.push(listener),
    attach(server, handlers) {
      mounted = mountEvents(handlers)
      admitConnections(io, deps)
      io.on('connection', (socket) => {
        const { connection } = socket.data
        void socket.join([memberRoom(connection.memberId), sessionRoom(connection.sessionId)])
        closeOldest(io, connection.memberId)
        answerEvents(socket, mounted, deps, counts)
        socket.on('disconnect', () => tell(onDisconnect, connection, deps.log))
        tell(onConnect, connection, deps.log)
        void closeIfEnded(socket, deps)
      })
      io.attach(server)
      guardFrames(io, () => (counts.cutOff += 1)) // the engine exists from here on
    },
    async stop(within) {
      counts.stopping = true
      for (const socket of io.sockets.sockets.values()) askBack(socket)
      const end = performance.now() + within
      while (counts.running > 0 && performance.now() < end)
        await new Promise((resolve) => setTimeout(resolve, 5))
      await new Promise((resolve) => setImmediate(resolve)) // the last acknowledgements leave first
      io.disconnectSockets(true)
      io.engine.close()
    },
    figures: () => ({ connections: io.sockets.sockets.size, events: mounted.values(), ...counts }),
  }
}

/** Connections that are half dead are among the oldest, and a flood of them only closes itself (A6). */
function closeOldest(io: ParleyServer, memberId: string): void {
  const ids = io.sockets.adapter.rooms.get(memberRoom(memberId)) ?? new Set()
  const [oldest] = ids
  if (ids.size > CONNECTIONS_MAX && oldest !== undefined) io.sockets.sockets.get(oldest)?.disconnect(true)
}

/** Tells one connection when to come back. */
const askBack = (socket: ParleySocket) =>
  socket.emit(signals.serverStopping.name, {
    reconnectAfter: 500 + Math.floor(Math.random() * RETURN_WITHIN),
  })

/** A session may have ended between the handshake and the rooms through which its end would have been heard (A2). */
async function closeIfEnded(socket: ParleySocket, deps: RealtimeDeps): Promise<void> {
  try {
    await deps.resolveActor(socket.data.connection.scope, socket.data.connection.sessionId)
  } catch {
    socket.disconnect(true)
  }
}

function tell(
  listeners: readonly ((connection: Connection) => void)[],
  connection: Connection,
  log: Log,
): void {
  for (const listener of listeners) {
    try {
      listener(connection)
    } catch (error) {
      log.error({ error, connectionId: connection.id }, 'a listener to connections failed')
    }
  }
}
