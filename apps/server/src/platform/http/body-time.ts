import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may take as long as it needs, while something of it keeps coming. */
    longBody?: true
  }
}

const BODY_WITHIN = 60_000
const SILENCE_MAX = 60_000

/**
 * Ends requests whose body does not come: one by the other within a minute in all, an upload when nothing came for a minute. Node's own
 * `requestTimeout` knows no exceptions, and would cut every upload that takes longer.
 */
export function limitBodyTime(app: FastifyInstance, within = BODY_WITHIN, silence = SILENCE_MAX): void {
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    const { 'content-length': length, 'transfer-encoding': coding } = raw.headers
    if ((length === undefined || length === '0') && coding === undefined) return
    const end = () => void raw.destroy()
    if (routeOptions.config.longBody) {
      let before = raw.socket.bytesRead
      const timer = setInterval(() => {
        if (raw.socket.bytesRead === before) end()
        before = raw.socket.bytesRead
      }, silence)
      raw.once('end', () => clearInterval(timer)).once('close', () => clearInterval(timer))
      return
    }
    const timer = setTimeout(end, within)
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })
}
