import type { RouteShape } from '@parley/contracts/kernel/route'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DomainError } from '../../kernel/domain-error.ts'
import { emailKey } from '../../kernel/email-key.ts'
import { parseInput } from '../parse-input.ts'
import { TUS_BYTES } from './read-body.ts'
import { addressBlock } from '../rate-limit/address-block.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'

interface ReadRequest {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly upload?: { readonly bytes: Uint8Array; readonly type: string }
}

/** Stands where a route declares nothing: nothing may be given then (A5). */
const nothing = z.strictObject({})

const withEmail = z.looseObject({ email: z.string() })
const withAdmin = z.looseObject({ admin: withEmail })

/** The parts of a request as the route's contract parses them. @throws DomainError invalid_input, unsupported_type, rate_limited */
export function readRequest(route: RouteShape, request: FastifyRequest, rateLimits: RateLimits): ReadRequest {
  const params = route.params ? parseInput(route.params, request.params) : undefined
  const query = parseInput(route.query ?? nothing, { ...(request.query as object) })
  if (route.tus) {
    if (route.method === 'PATCH' && request.headers['content-type'] !== TUS_BYTES)
      throw new DomainError('unsupported_type')
    return { params, query, body: undefined }
  }
  if (route.upload) return { params, query, body: undefined, upload: readUpload(route.upload, request) }
  const body = parseInput(route.body ?? nothing, request.body ?? {})
  limitAccount(route, body, addressBlock(request.caller.address), rateLimits)
  return { params, query: route.query ? query : undefined, body: route.body ? body : undefined }
}

/**
 * Where passwords are tried from many addresses, the account that is tried is limited as well; so is founding one organisation
 * after another with the same e-mail (A10).
 */
function limitAccount(route: RouteShape, body: unknown, address: string, rateLimits: RateLimits): void {
  if (route.rateLimit === 'sign-up') {
    const founder = withAdmin.safeParse(body)
    if (founder.success) rateLimits.take('sign-up', 'account', emailKey(founder.data.admin.email))
  }
  if (route.rateLimit !== 'sign-in') return
  const named = withEmail.safeParse(body)
  if (!named.success) return
  const account = emailKey(named.data.email)
  rateLimits.take('sign-in', 'account-from-address', `${account} ${address}`)
  rateLimits.take('sign-in', 'account', account)
}

function readUpload({ types }: NonNullable<RouteShape['upload']>, request: FastifyRequest) {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!types.includes(type) || !(request.body instanceof Uint8Array))
    throw new DomainError('unsupported_type')
  return { bytes: request.body, type }
}
