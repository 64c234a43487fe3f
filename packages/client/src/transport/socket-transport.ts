import type { Failure } from '@parley/contracts/kernel/failure'
import { signalNames } from '@parley/contracts/addresses'
import { io, type Socket } from 'socket.io-client'
import { failureIn } from './route-call.ts'
import { type Connection, type ConnectionHandlers, type ConnectOptions, Unreachable } from './transport.ts'

const SOCKET_PATH = '/api/socket'

/** Live connections over Socket.IO; it never reconnects by itself, since that is the connection machine's business. */
export function socketOver(baseUrl: string, cookies: boolean) {
  return ({ token, protocol }: ConnectOptions, handlers: ConnectionHandlers): Connection => {
    const auth = { protocol, ...(token === null ? {} : { token }) }
    const socket: Socket = io(baseUrl === '' ? undefined : baseUrl, {
      path: SOCKET_PATH,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      withCredentials: cookies,
      auth,
    })
    return connectionOver(socket, handlers)
  }
}

function connectionOver(socket: Socket, handlers: ConnectionHandlers): Connection {
  const pending = new Set<() => void>()
  let over = false
  const end = (tell: () => void) => {
    if (over) return
    over = true
    for (const fail of [...pending]) fail()
    socket.disconnect()
    tell()
  }
  socket.on('connect', () => handlers.opened())
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    end(() => handlers.refused(refusalIn(error.data)))
  })
  socket.on('disconnect', () => end(() => handlers.closed()))
  for (const name of Object.values(signalNames)) {
    socket.on(name, (payload: unknown) => {
      if (!over) handlers.signal(name, payload)
    })
  }
  return {
    request: (event, payload, timeout) =>
      new Promise((resolve, reject) => {
        const fail = () => {
          pending.delete(fail)
          reject(new Unreachable(`no acknowledgement of ${event}`))
        }
        if (over) {
          fail()
          return
        }
        pending.add(fail)
        socket.timeout(timeout).emit(event, payload, (late: Error | null, ack: unknown) => {
          if (!pending.delete(fail)) return
          if (late) reject(new Unreachable(`no acknowledgement of ${event} in time`))
          else resolve(ack)
        })
      }),
    emit: (event, payload) => {
      if (!over) socket.emit(event, payload)
    },
    close: () => end(() => {}),
  }
}

function refusalIn(data: unknown): Failure['error'] | null {
  return failureIn(data)
}
