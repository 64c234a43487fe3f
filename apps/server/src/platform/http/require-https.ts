import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../kernel/domain-error.ts'
import { isLoopback } from './loopback.ts'

/**
 * Behind a declared proxy plain HTTP is sent on to HTTPS, or refused where nobody knows at which address that is (A12). Whoever
 * reaches this port without the proxy is no exception, but for this machine itself, which asks for health and figures.
 */
export function requireHttps(app: FastifyInstance, publicUrl: URL | null): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.protocol !== 'http' || asksHere(request)) return
    const cameThroughProxy = request.headers['x-forwarded-proto'] !== undefined
    const origin = publicUrl?.origin ?? (cameThroughProxy ? `https://${request.host}` : null)
    if (origin === null) throw new DomainError('https_required')
    await reply.redirect(`${origin}${request.url}`, 308)
  })
}

/** A call of this machine that no proxy passed on. */
const asksHere = (request: FastifyRequest): boolean =>
  request.headers['x-forwarded-proto'] === undefined && isLoopback(request.socket.remoteAddress ?? '')
