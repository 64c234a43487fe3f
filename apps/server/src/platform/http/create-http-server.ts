import { fastifyCookie } from '@fastify/cookie'
import { fastify, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { DomainError } from '../../kernel/domain-error.ts'
import type { Log } from '../log/log.ts'
import type { EventHandlers } from '../realtime/mount-events.ts'
import type { RealtimeServer } from '../realtime/realtime.ts'
import { listenOn } from './listen-on.ts'
import { sendError } from './map-error.ts'
import { mountRoutes, type MountDeps, type RouteHandlers } from './mount-routes.ts'
import { readJson, readUploads } from './read-body.ts'

/** Where and how the server is reached. */
export interface HttpSettings {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly publicUrl: URL | null
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** Whose X-Forwarded headers count, as Fastify takes it: true for whoever connects, or addresses. */
  readonly trustProxy: boolean | string
}

export interface HttpServerDeps extends Omit<MountDeps, 'publicUrl' | 'secureCookies'> {
  readonly settings: HttpSettings
  readonly routes: RouteHandlers
  readonly events: EventHandlers
  readonly realtime: RealtimeServer
  /** Adds what is not part of the contracts: pages, documents, operations. */
  readonly extras?: readonly ((app: FastifyInstance) => void | Promise<void>)[]
}

export interface HttpServer {
  /** @throws StartupError when the address cannot be had */
  listen(): Promise<void>
  /** Where it listens; known after `listen`. */
  readonly url: string
  /** Takes no new calls, tells live connections to come back, waits for what is under way (10 s at most). Idempotent. */
  close(): Promise<void>
}

const CLOSE_WITHIN = 10_000

/** Loopback addresses and names. */
export const isLoopback = (host: string) => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host)

/** One port for everything: routes, live connections, pages. */
export async function createHttpServer(deps: HttpServerDeps): Promise<HttpServer> {
  const { settings, log } = deps
  const app = createApp(settings, log)
  await app.register(fastifyCookie)
  readJson(app)
  readUploads(app)
  for (const add of deps.extras ?? []) await add(app)
  const secureCookies = settings.tls !== null || settings.trustProxy !== false || !isLoopback(settings.host)
  mountRoutes(app, deps.routes, { ...deps, publicUrl: settings.publicUrl, secureCookies })
  await app.ready()
  deps.realtime.attach(app.server, deps.events)

  let closing: Promise<void> | undefined
  const close = async () => {
    await deps.realtime.stop()
    const timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN)
    app.server.closeIdleConnections()
    await app.close()
    clearTimeout(timer)
  }
  return {
    listen: () => listenOn(app, settings),
    get url() {
      const address = app.server.address()
      const port = typeof address === 'object' && address !== null ? address.port : settings.port
      const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
      return `${settings.tls ? 'https' : 'http'}://${host}:${port}`
    },
    close: () => (closing ??= close()),
  }
}

function createApp({ tls, trustProxy }: HttpSettings, log: Log): FastifyInstance {
  const options: FastifyServerOptions = {
    trustProxy,
    genReqId: () => randomBytes(9).toString('base64url'),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    serverFactory: (handler) => {
      const server = tls ? createSecureServer(tls, handler) : createServer(handler)
      server.requestTimeout = 60_000
      server.headersTimeout = 20_000
      server.keepAliveTimeout = 72_000 // longer than proxies keep theirs
      return server
    },
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, log),
  }
  const app = fastify(options)
  app.decorateRequest('actor', null)
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, log))
  app.setNotFoundHandler((request, reply) => sendError(new DomainError('not_found'), request, reply, log))
  return app
}
