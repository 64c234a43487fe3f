import { errorCodes } from '@parley/contracts/kernel/error-codes'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../kernel/domain-error.ts'
import { failureOf, isFault } from '../failure.ts'
import type { Log } from '../log/log.ts'

/** What Fastify itself refuses, in our words. Everything else below 500 that it throws is a request that cannot be read. */
const fastifyCodes = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_type',
} as const

function inOurWords(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DomainError) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code !== undefined && code in fastifyCodes)
    return new DomainError(fastifyCodes[code as keyof typeof fastifyCodes])
  if (statusCode !== undefined && statusCode < 500)
    return new DomainError('malformed_request', { cause: error })
  return error
}

/** Names the code of a failure where its body is left out (HEAD). */
export const ERROR_HEADER = 'x-parley-error'

/** The one way in which an error becomes an HTTP answer. Faults are logged here, once; refusals are not faults. */
export function sendError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const error = inOurWords(thrown)
  if (isFault(error)) {
    log.error({ error, requestId: request.id, route: request.routeOptions.url ?? '' }, 'a request failed')
  }
  const body = failureOf(error, request.id)
  const { code, retryAfter } = body.error
  if (retryAfter !== undefined) reply.header('retry-after', Math.ceil(retryAfter))
  // an answer without a body says it here
  if (request.method === 'HEAD') reply.header(ERROR_HEADER, code)
  return reply
    .code(errorCodes[code].status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body))
}
