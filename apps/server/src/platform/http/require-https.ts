import type { FastifyInstance } from 'fastify'

/** Behind a declared proxy, whoever came to it by plain HTTP is sent on to HTTPS (A12). */
export function redirectToHttps(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers['x-forwarded-proto'] === undefined || request.protocol !== 'http') return
    await reply.redirect(`https://${request.host}${request.url}`, 308)
  })
}
