import type { Permission } from '@parley/contracts/kernel/permission'
import type { RouteShape } from '@parley/contracts/kernel/route'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_HEADER } from '@parley/contracts/protocol-version'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { addressBlock } from '../rate-limit/address-block.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'
import { callerOf, type Caller, type Trusts } from './caller.ts'
import { isOwnOrigin } from './own-origin.ts'
import { ACCESS_COOKIE } from './session-cookies.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on public routes. */
    actor: Actor | null
    caller: Caller
  }
}

/** Who an access token stands for, with their rights as of now. @throws DomainError not_signed_in, member_deactivated */
export type Authenticate = (accessToken: string) => Promise<Actor>

export interface GuardDeps {
  readonly authenticate: Authenticate
  readonly rateLimits: RateLimits
  /** Where the installation is reached from outside, if it was said. */
  readonly publicUrl: URL | null
}

/** The door before a route: everything that can be refused before a byte of the body is read. */
export function guardRequest(route: RouteShape, deps: GuardDeps) {
  return async (request: FastifyRequest): Promise<void> => {
    refuseOldClient(request.headers[PROTOCOL_HEADER])
    if (route.method !== 'GET') refuseForeignOrigin(request, deps.publicUrl)
    if (route.permission.kind === 'public') {
      deps.rateLimits.take(route.rateLimit, 'address', addressBlock(request.caller.address))
      return
    }
    const actor = await resolveCaller(route, request, deps)
    if (actor) deps.rateLimits.take(route.rateLimit, 'member', actor.memberId)
    request.actor = actor
  }
}

/** Notes with every request how it came here, before anything else is asked of it. */
export function noteCaller(app: FastifyInstance, trusts: Trusts): void {
  app.addHook('onRequest', async (request) => {
    request.caller = callerOf(request.raw, trusts)
  })
}

/**
 * Who asks, with their rights as of now, and allowed to; null on public routes.
 * @throws DomainError not_signed_in, member_deactivated, password_change_required, forbidden
 */
export async function resolveCaller(
  { permission }: RouteShape,
  request: FastifyRequest,
  { authenticate }: Pick<GuardDeps, 'authenticate'>,
): Promise<Actor | null> {
  if (permission.kind === 'public') return null
  const actor = await authenticate(accessTokenOf(request))
  requirePermission(permission, actor)
  return actor
}

/** @param version as the client names it; absent for programs that are not ours @throws DomainError client_too_old */
export function refuseOldClient(version: unknown): void {
  if (version === undefined) return
  const number = Number(version)
  if (!Number.isInteger(number)) throw new DomainError('malformed_request')
  if (number < OLDEST_PROTOCOL_VERSION) throw new DomainError('client_too_old')
}

/** @throws DomainError password_change_required, forbidden */
export function requirePermission(permission: Permission, actor: Actor): void {
  if (permission.kind === 'public') return
  if (actor.passwordIsTemporary && !permission.evenWithTemporaryPassword) {
    throw new DomainError('password_change_required')
  }
  if (permission.roles && !permission.roles.includes(actor.role)) throw new DomainError('forbidden')
}

function accessTokenOf(request: FastifyRequest): string {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[ACCESS_COOKIE]
  if (token === undefined || token === '') throw new DomainError('not_signed_in')
  return token
}

/**
 * Cookies are sent by browsers whoever asks, so a page of ours has to be the one that asks (CSRF). A named foreign origin is
 * refused even without cookies: signing somebody in from another site is an attack too.
 */
function refuseForeignOrigin(request: FastifyRequest, publicUrl: URL | null): void {
  const { origin } = request.headers
  if (origin !== undefined) {
    if (!isOwnOrigin(origin, request.caller.host, publicUrl)) throw new DomainError('foreign_origin')
    return
  }
  if (request.headers.cookie === undefined) return
  const site = request.headers['sec-fetch-site']
  if (site !== 'same-origin' && site !== 'none') throw new DomainError('foreign_origin')
}
