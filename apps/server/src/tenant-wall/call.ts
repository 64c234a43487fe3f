import { type EventShape } from '@parley/contracts/kernel/event'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import type { RouteInput, RouteResponse, RouteShape } from '@parley/contracts/kernel/route'
import { type RouteName, type Routes, routes } from '@parley/contracts/routes'
import { ERROR_HEADER } from '../platform/http/map-error.ts'
import { io, type Socket } from 'socket.io-client'

const SECONDS = 2_000

export interface Input {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  /** Parsed JSON; undefined when there is none. */
  readonly body: unknown
  readonly type: string
}

/** The smallest PNG there is, for routes that take a picture. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Calls a route as any program could. */
export async function call(
  base: string,
  route: RouteShape,
  input: Input,
  token: string | null,
): Promise<Answer> {
  const path = route.path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(String((input.params as Record<string, unknown> | undefined)?.[key])),
  )
  const query = new URLSearchParams(input.query as Record<string, string> | undefined)
  if (route.tus) return callTus(`${base}${path}`, route, token)
  const body = route.upload ? PNG : input.body === undefined ? null : JSON.stringify(input.body)
  const type = route.upload
    ? (route.upload.types.find((one) => one === 'image/png') ?? '')
    : 'application/json'
  const response = await fetch(`${base}${path}${query.size > 0 ? `?${query.toString()}` : ''}`, {
    method: route.method,
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      ...(body === null ? {} : { 'content-type': type }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === null ? {} : { body }),
  })
  const given = response.headers.get('content-type') ?? ''
  const text = await response.text()
  const json = given.startsWith('application/json') && text !== ''
  return { status: response.status, body: json ? (JSON.parse(text) as unknown) : undefined, type: given }
}

/** One byte at the beginning, where bytes are taken. */
async function callTus(url: string, { method }: RouteShape, token: string | null): Promise<Answer> {
  const bytes = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
  const response = await fetch(url, {
    method,
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      'tus-resumable': '1.0.0',
      ...(method === 'PATCH' ? bytes : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(method === 'PATCH' ? { body: 'A' } : {}),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  const code = response.headers.get(ERROR_HEADER)
  const body = text === '' ? code !== null && { error: { code } } : (JSON.parse(text) as unknown)
  return { status: response.status, body: body === false ? undefined : body, type }
}

/** Calls a route that has to succeed. @throws Error with the answer */
export async function succeed<N extends RouteName>(
  base: string,
  name: N,
  input: RouteInput<Routes[N]>,
  token: string | null,
): Promise<RouteResponse<Routes[N]>> {
  const answer = await call(base, routes[name], input, token)
  if (answer.status >= 300) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as RouteResponse<Routes[N]>
}

/** A live connection and everything heard on it. */
export interface Listener {
  readonly socket: Socket
  readonly heard: { readonly name: string; readonly payload: unknown }[]
  /** Resolves when everything sent to it so far has arrived. */
  caughtUp(): Promise<void>
  close(): void
}

const open = (base: string, token: string | null): Socket =>
  io(base, {
    path: '/api/socket',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { protocol: PROTOCOL_VERSION, ...(token === null ? {} : { token }) },
  })

/** Connects and subscribes. @throws Error when the handshake is refused */
export async function listen(base: string, token: string): Promise<Listener> {
  const socket = open(base, token)
  const heard: { name: string; payload: unknown }[] = []
  socket.onAny((name: string, payload: unknown) => heard.push({ name, payload }))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  // What was committed leaves a turn of the event loop later, and before the answer to the second question.
  const caughtUp = async () => {
    for (let turn = 0; turn < 2; turn += 1) await socket.timeout(SECONDS).emitWithAck('sync.subscribe', {})
  }
  await caughtUp()
  return { socket, heard, caughtUp, close: () => void socket.disconnect() }
}

/** Tries to connect without a right to. @returns the failure that came back, and whatever was heard */
export async function knock(
  base: string,
  token: string | null,
  events: readonly EventShape[],
): Promise<unknown> {
  const socket = open(base, token)
  const heard: unknown[] = []
  socket.onAny((name: string, payload: unknown) => heard.push({ name, payload }))
  for (const { name } of events) socket.emit(name, {}, (ack: unknown) => heard.push(ack))
  const refusal = await new Promise((resolve) => {
    socket.once('connect', () => resolve('connected'))
    socket.once('connect_error', (error: Error & { data?: unknown }) => resolve(error.data))
  })
  socket.disconnect()
  return heard.length > 0 ? heard : refusal
}

/** Sends an event. @returns the acknowledgement, or `unanswered` where the contract has none */
export async function send({ socket }: Listener, event: EventShape, payload: unknown): Promise<unknown> {
  if (event.ack) return socket.timeout(SECONDS).emitWithAck(event.name, payload)
  socket.emit(event.name, payload)
  // The next answer on the same connection says that this one has been dealt with.
  await socket.timeout(SECONDS).emitWithAck('sync.subscribe', {})
  return 'unanswered'
}
