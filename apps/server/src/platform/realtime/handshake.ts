import { fastifyCookie } from '@fastify/cookie'
import { PROTOCOL_HEADER } from '@parley/contracts/protocol-version'
import type { Failure } from '@parley/contracts/kernel/failure'
import { isIP } from 'node:net'
import { z } from 'zod'
import { DomainError } from '../../kernel/domain-error.ts'
import { failureOf, isFault } from '../failure.ts'
import { refuseOldClient, type Authenticate } from '../http/guard-request.ts'
import { isOwnOrigin } from '../http/own-origin.ts'
import { ACCESS_COOKIE } from '../http/session-cookies.ts'
import type { Log } from '../log/log.ts'
import { parseInput } from '../parse-input.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'
import type { ParleyServer, ParleySocket } from './socket-types.ts'

export interface HandshakeDeps {
  readonly authenticate: Authenticate
  readonly rateLimits: RateLimits
  readonly publicUrl: URL | null
  /** A proxy stands in front, and its X-Forwarded headers count. */
  readonly trustProxy: boolean
  readonly log: Log
}

const handshakeAuth = z.object({
  /** Absent where a cookie carries it. */
  token: z.string().max(4_096).optional(),
  protocol: z.number().int().optional(),
})

/** The refusal as Socket.IO passes it on: `data` becomes the client's `error.data`. */
class Refused extends Error {
  readonly data: Failure
  constructor(data: Failure) {
    super(data.error.code)
    this.data = data
  }
}

/** Lets only signed-in members connect (A6). Refusals reach the client as `connect_error` with a failure in `data`. */
export function admitConnections(io: ParleyServer, deps: HandshakeDeps): void {
  io.use((socket, next) => {
    admit(socket, deps).then(
      () => next(),
      (error: unknown) => {
        if (isFault(error)) deps.log.error({ error }, 'a handshake failed')
        next(new Refused(failureOf(error)))
      },
    )
  })
}

async function admit(socket: ParleySocket, deps: HandshakeDeps): Promise<void> {
  const { headers } = socket.handshake
  deps.rateLimits.take('connect', 'address', addressOf(socket, deps.trustProxy))
  const auth = parseInput(handshakeAuth, socket.handshake.auth)
  refuseOldClient(auth.protocol ?? headers[PROTOCOL_HEADER])
  if (
    headers.origin !== undefined &&
    !hostsOf(socket, deps).some((host) => isOwnOrigin(headers.origin ?? '', host, deps.publicUrl))
  ) {
    throw new DomainError('foreign_origin')
  }
  const token = auth.token ?? fastifyCookie.parse(headers.cookie ?? '')[ACCESS_COOKIE]
  if (token === undefined || token === '') throw new DomainError('not_signed_in')
  const { scope, memberId, sessionId, passwordIsTemporary } = await deps.authenticate(token)
  // whoever set that password could listen otherwise
  if (passwordIsTemporary) throw new DomainError('password_change_required')
  socket.data.connection = { id: socket.id, scope, memberId, sessionId }
}

const first = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)

function hostsOf({ handshake: { headers } }: ParleySocket, deps: HandshakeDeps): string[] {
  const forwarded = deps.trustProxy ? first(headers['x-forwarded-host']) : undefined
  return [headers.host, forwarded].filter((host) => host !== undefined)
}

/** Of several proxies only the nearest can be believed, and it writes last. */
function addressOf({ handshake }: ParleySocket, trustProxy: boolean): string {
  const forwarded = trustProxy ? first(handshake.headers['x-forwarded-for']) : undefined
  const nearest = forwarded?.split(',').at(-1)?.trim() ?? ''
  return isIP(nearest) === 0 ? handshake.address : nearest
}
