import { fastifyCookie } from '@fastify/cookie'
import { PROTOCOL_HEADER } from '@parley/contracts/protocol-version'
import type { Failure } from '@parley/contracts/kernel/failure'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { DomainError } from '../../kernel/domain-error.ts'
import { failureOf, isFault } from '../failure.ts'
import { callerOf, trustsOf, type Caller, type TrustProxy } from '../http/caller.ts'
import { refuseOldClient, type Authenticate } from '../http/guard-request.ts'
import { isOwnOrigin } from '../http/own-origin.ts'
import { isOpenToOthers } from '../http/require-https.ts'
import { ACCESS_COOKIE } from '../http/session-cookies.ts'
import type { Log } from '../log/log.ts'
import { parseInput } from '../parse-input.ts'
import { addressBlock } from '../rate-limit/address-block.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'
import type { ParleyServer, ParleySocket } from './socket-types.ts'

export interface HandshakeDeps {
  readonly authenticate: Authenticate
  readonly rateLimits: RateLimits
  readonly publicUrl: URL | null
  readonly trustProxy: TrustProxy
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

/**
 * Turns away, before anything secret is sent, who comes by plain HTTP to a server whose proxy speaks HTTPS (A12).
 * @returns what Engine.IO asks at every upgrade
 */
export function refuseOpenHttp({ trustProxy }: Pick<HandshakeDeps, 'trustProxy'>) {
  const trusts = trustsOf(trustProxy)
  return (request: IncomingMessage, decide: (refusal: string | null, admitted: boolean) => void): void => {
    const refused = trustProxy !== false && isOpenToOthers(callerOf(request, trusts))
    decide(refused ? 'https_required' : null, !refused)
  }
}

/** Lets only signed-in members connect (A6). Refusals reach the client as `connect_error` with a failure in `data`. */
export function admitConnections(io: ParleyServer, deps: HandshakeDeps): void {
  const trusts = trustsOf(deps.trustProxy)
  io.use((socket, next) => {
    admit(socket, callerOf(socket.request, trusts), deps).then(
      () => next(),
      (error: unknown) => {
        if (isFault(error)) deps.log.error({ error }, 'a handshake failed')
        next(new Refused(failureOf(error)))
      },
    )
  })
}

async function admit(socket: ParleySocket, caller: Caller, deps: HandshakeDeps): Promise<void> {
  const { headers } = socket.handshake
  deps.rateLimits.take('connect', 'address', addressBlock(caller.address))
  const auth = parseInput(handshakeAuth, socket.handshake.auth)
  refuseOldClient(auth.protocol ?? headers[PROTOCOL_HEADER])
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, caller.host, deps.publicUrl))
    throw new DomainError('foreign_origin')
  const token = auth.token ?? fastifyCookie.parse(headers.cookie ?? '')[ACCESS_COOKIE]
  if (token === undefined || token === '') throw new DomainError('not_signed_in')
  const { scope, memberId, sessionId, passwordIsTemporary } = await deps.authenticate(token)
  // whoever set that password could listen otherwise
  if (passwordIsTemporary) throw new DomainError('password_change_required')
  socket.data.connection = { id: socket.id, scope, memberId, sessionId }
}
