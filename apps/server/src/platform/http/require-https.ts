import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../kernel/domain-error.ts'
import type { Caller } from './caller.ts'

/**
 * Whether plain HTTP was used where it must not be (A12): anywhere but by this machine itself, which asks for health and figures.
 * Whoever reaches the port of a server behind a proxy without that proxy is no exception.
 */
export const isOpenToOthers = ({ https, here }: Caller): boolean => !https && !here

/** Behind a declared proxy plain HTTP is sent on to HTTPS, or refused where nobody knows at which address that is. */
export function requireHttps(app: FastifyInstance, publicUrl: URL | null): void {
  app.addHook('onRequest', async ({ caller, url }, reply) => {
    if (!isOpenToOthers(caller)) return
    const origin = publicUrl?.origin ?? (caller.proxied ? `https://${caller.host}` : null)
    if (origin === null) throw new DomainError('https_required')
    await reply.redirect(`${origin}${url}`, 308)
  })
}
