import { PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { BenchMember } from './parley-api.ts'

/** Two people with one conversation, on a connection each. */
export interface Pair {
  readonly from: BenchMember
  readonly to: BenchMember
  readonly conversationId: string
}

/** What a send came to. `retryAfter` is in ms and only given when the server turned it away for now. */
export interface SendResult {
  readonly accepted: boolean
  readonly retryAfter: number
}

/** One direct chat as the load generator drives it, whichever server is behind it. */
export interface Chat {
  /** Sends one message. @returns when the server has answered */
  send(id: string, text: string): Promise<SendResult>
  /** Called with the id of every message that reaches the other person. */
  onReceived(listener: (id: string) => void): void
  close(): void
}

const MARKS_EVERY = 150

/** A connection of somebody's device. */
export function connect(base: string, auth: Record<string, unknown>): Promise<Socket> {
  const socket = io(base, {
    path: '/api/socket',
    transports: ['websocket'],
    auth,
    reconnection: false,
    forceNew: true,
    autoConnect: false,
  })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
    socket.connect()
  })
}

/** A chat over the bare relay: an event in, an event out. */
export async function openRelayChat(base: string, name: string): Promise<Chat> {
  const [a, b] = await Promise.all([
    connect(base, { member: `${name}a` }),
    connect(base, { member: `${name}b` }),
  ])
  return {
    send(id, text) {
      a.emit('message', `${name}b`, { id, text })
      return Promise.resolve({ accepted: true, retryAfter: 0 })
    },
    onReceived(listener) {
      b.on('message', (message: { id: string }) => listener(message.id))
    },
    close() {
      a.close()
      b.close()
    },
  }
}

interface WireChange {
  readonly kind: string
  readonly id: string
  readonly data: { readonly number?: number } | null
}
type WireAck = { change: WireChange } | { error: { code: string; retryAfter?: number } }

/** A chat over Parley, with everything a client does: acknowledged sends, delivered and seen marks in batches. */
export async function openParleyChat(base: string, { from, to, conversationId }: Pair): Promise<Chat> {
  const auth = (member: BenchMember) => ({ token: member.accessToken, protocol: PROTOCOL_VERSION })
  const [a, b] = await Promise.all([connect(base, auth(from)), connect(base, auth(to))])
  await Promise.all([a, b].map((socket) => socket.emitWithAck('sync.subscribe', {})))
  const marks = raiseMarksInBatches(b, conversationId)
  const listeners: ((id: string) => void)[] = []
  b.on('changes', (changes: WireChange[]) => {
    for (const change of changes) {
      if (change.kind !== 'message') continue
      marks.received(change.data?.number ?? 0)
      for (const listener of listeners) listener(change.id)
    }
  })
  return {
    async send(id, text) {
      const answer = (await a.emitWithAck('messages.send', { id, conversationId, text })) as WireAck
      if (!('error' in answer)) return { accepted: true, retryAfter: 0 }
      return { accepted: false, retryAfter: (answer.error.retryAfter ?? 0.2) * 1000 }
    },
    onReceived(listener) {
      listeners.push(listener)
    },
    close() {
      marks.stop()
      a.close()
      b.close()
    },
  }
}

function raiseMarksInBatches(socket: Socket, conversationId: string) {
  let newest = 0
  let told = 0
  const timer = setInterval(() => {
    if (newest === told) return
    told = newest
    socket.emit(
      'marks.raise',
      { marks: [{ conversationId, delivered: newest, seen: newest }] },
      () => undefined,
    )
  }, MARKS_EVERY)
  return {
    received(number: number) {
      newest = Math.max(newest, number)
    },
    stop() {
      clearInterval(timer)
    },
  }
}

/** A new message id: UUIDv7 made of the device's time and random bits. */
export function messageId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = randomUUID()
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`
}
