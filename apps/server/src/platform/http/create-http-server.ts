import { fastifyCookie } from '@fastify/cookie'
import { fastify, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { DomainError } from '../../kernel/domain-error.ts'
import type { Log } from '../log/log.ts'
import type { EventHandlers } from '../realtime/mount-events.ts'
import type { RealtimeServer } from '../realtime/realtime.ts'
import { addOperations, type OperationsDeps } from '../operations/operations-routes.ts'
import { addApiDocuments } from './api-documents.ts'
import { limitBodyTime } from './body-time.ts'
import { trustsOf, type TrustProxy } from './caller.ts'
import { noteCaller } from './guard-request.ts'
import { listenOn } from './listen-on.ts'
import { isLoopback } from './loopback.ts'
import { sendError } from './map-error.ts'
import { mountRoutes, type MountDeps, type RouteHandlers } from './mount-routes.ts'
import { readBodies } from './read-body.ts'
import { requireHttps } from './require-https.ts'
import { addSecurityHeaders, readScriptHashes } from './security-headers.ts'
import { addStaticPages } from './static-pages.ts'

/** Where and how the server is reached. */
export interface HttpSettings {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly publicUrl: URL | null
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  readonly trustProxy: TrustProxy
}

export interface HttpServerDeps extends Omit<MountDeps, 'publicUrl' | 'secureCookies'> {
  readonly settings: HttpSettings
  readonly routes: RouteHandlers
  readonly events: EventHandlers
  readonly realtime: RealtimeServer
  readonly operations: OperationsDeps
  /** The folder of the web's static export. */
  readonly webRoot: string
  /** Of the product. */
  readonly version: string
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

/** One port for everything: routes, live connections, pages, operations. */
export async function createHttpServer(deps: HttpServerDeps): Promise<HttpServer> {
  const { settings, log } = deps
  const proxied = settings.trustProxy !== false
  const https = settings.tls !== null || proxied
  let closing: Promise<void> | undefined

  const app = createApp(settings, log)
  noteCaller(app, trustsOf(settings.trustProxy))
  if (proxied) requireHttps(app, settings.publicUrl)
  limitBodyTime(app)
  await addSecurityHeaders(app, { https, scriptHashes: readScriptHashes(deps.webRoot) })
  await app.register(fastifyCookie)
  addServerTiming(app)
  logRequests(app, log)
  readBodies(app)
  addOperations(app, deps.operations, () => closing !== undefined)
  const secureCookies = https || !isLoopback(settings.host)
  mountRoutes(app, deps.routes, { ...deps, publicUrl: settings.publicUrl, secureCookies })
  await addApiDocuments(app, deps.version)
  await addStaticPages(app, deps.webRoot)
  await app.ready()
  deps.realtime.attach(app.server, deps.events)

  return {
    listen: () => listenOn(app, settings),
    get url() {
      return urlOf(app, settings)
    },
    close: () => (closing ??= closeServer(app, deps.realtime)),
  }
}

/** How long the server took, where a browser's tools show it. Only for reading: the time of a sign-in would tell too much (A10). */
function addServerTiming(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.method === 'GET') reply.header('server-timing', `app;dur=${reply.elapsedTime.toFixed(2)}`)
  })
}

/** One line per request, for whoever looks for a fault. The address as declared, because the one as asked may hold anything. */
function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = `${request.method} ${request.routeOptions.url ?? '(none)'}`
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10
    log.debug({ requestId: request.id, route, status: reply.statusCode, milliseconds }, 'answered')
  })
}

async function closeServer(app: FastifyInstance, realtime: RealtimeServer): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN)
  // a connection falls idle when its last answer has left, and would be kept alive then
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  const closed = app.close() // takes nothing new from here on
  await realtime.stop(CLOSE_WITHIN)
  await closed
  clearTimeout(timer)
  clearInterval(idle)
}

function urlOf(app: FastifyInstance, settings: HttpSettings): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : settings.port
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  return `${settings.tls ? 'https' : 'http'}://${host}:${port}`
}

/**
 * Bodies and answers are checked by the contracts' own schemas. Fastify's compilers, which no route uses, would be loaded with the
 * server and take memory as long as it runs.
 */
const NO_COMPILERS = {
  buildValidator: () => () => {
    throw new Error('routes are checked by the contracts, not by Fastify')
  },
  buildSerializer: () => () => {
    throw new Error('answers are written by the contracts, not by Fastify')
  },
}

function createApp({ tls }: HttpSettings, log: Log): FastifyInstance {
  const options: FastifyServerOptions = {
    genReqId: () => randomBytes(9).toString('base64url'),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    schemaController: { compilersFactory: NO_COMPILERS },
    routerOptions: { maxParamLength: 200 },
    serverFactory: (handler) => {
      const server = tls ? createSecureServer(tls, handler) : createServer(handler)
      server.requestTimeout = 0 // `limitBodyTime` knows uploads from other requests
      server.headersTimeout = 20_000
      server.keepAliveTimeout = 72_000 // longer than proxies keep theirs
      return server
    },
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, log),
  }
  const app = fastify(options)
  app.decorateRequest('actor', null)
  app.decorateRequest('caller')
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, log))
  app.setNotFoundHandler((request, reply) => sendError(new DomainError('not_found'), request, reply, log))
  return app
}
