import { orgScope } from '../../kernel/org-scope.ts'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { newId } from '../../kernel/ids.ts'
import { routes } from '@parley/contracts/routes'
import { events } from '@parley/contracts/events'
import { createLog } from '../log/create-log.ts'
import type { Log } from '../log/log.ts'
import { createHttpServer, type HttpServer, type HttpSettings } from '../http/create-http-server.ts'
import type { RouteHandlers } from '../http/mount-routes.ts'
import type { EventHandlers } from '../realtime/mount-events.ts'
import { createMetrics, type MetricsSources } from '../operations/metrics.ts'
import { createRealtime, type RealtimeServer } from '../realtime/realtime.ts'
import { noRateLimits, type RateLimits } from '../rate-limit/rate-limits.ts'

const scope = orgScope(newId())

export const anActor = (given: Partial<Actor> = {}): Actor => ({
  scope,
  memberId: newId(),
  sessionId: newId(),
  role: 'member',
  passwordIsTemporary: false,
  device: 'Chrome on Linux',
  address: '192.0.2.7',
  ...given,
})

/** Stands in for the sessions domain at its port: tokens are what a test says they are. */
export function fakeSessions() {
  const byToken = new Map<string, Actor>()
  const ended = new Set<string>()
  const live = (actor: Actor | undefined): Actor => {
    if (!actor || ended.has(actor.sessionId)) throw new DomainError('not_signed_in')
    return actor
  }
  return {
    signIn(actor: Actor): string {
      const token = `token-of-${actor.sessionId}`
      byToken.set(token, actor)
      return token
    },
    end: (sessionId: string) => void ended.add(sessionId),
    change(actor: Actor) {
      byToken.set(`token-of-${actor.sessionId}`, actor)
    },
    authenticate: async (token: string) => live(byToken.get(token)),
    resolveActor: (_scope: unknown, sessionId: string) => live(byToken.get(`token-of-${sessionId}`)),
  }
}

const unexpected = (name: string) => async () => {
  throw new Error(`${name} is not part of this test`)
}

/** Handlers that fail, but for those a test gives. */
export const routesWith = (given: Partial<RouteHandlers>): RouteHandlers => ({
  ...(Object.fromEntries(
    Object.keys(routes).map((name) => [name, unexpected(name)]),
  ) as unknown as RouteHandlers),
  ...given,
})

export const eventsWith = (given: Partial<EventHandlers>): EventHandlers => ({
  ...(Object.fromEntries(
    Object.keys(events).map((name) => [name, unexpected(name)]),
  ) as unknown as EventHandlers),
  ...given,
})

export interface Fixture {
  readonly base: string
  readonly server: HttpServer
  readonly realtime: RealtimeServer
  readonly sessions: ReturnType<typeof fakeSessions>
  readonly logged: () => string
}

interface Given {
  readonly routes?: Partial<RouteHandlers>
  readonly events?: Partial<EventHandlers>
  readonly settings?: Partial<HttpSettings>
  readonly rateLimits?: RateLimits
  readonly checkAnswers?: boolean
  readonly webRoot?: string
  readonly ready?: () => Promise<void>
  readonly metricsToken?: string
}

export function recordedLog(): { log: Log; logged: () => string } {
  const lines: string[] = []
  const log = createLog('trace', { write: (line: string) => void lines.push(line) })
  return { log, logged: () => lines.join('') }
}

const sourcesOf = (realtime: RealtimeServer): MetricsSources => ({
  connections: () => realtime.connectionCount(),
  inFlight: () => 0,
  *events() {
    for (const { shape, answered, refused } of realtime.figures().events)
      yield { name: shape.name, answered, refused }
  },
  unknownEvents: () => realtime.figures().unknownEvents,
  cutOff: () => realtime.figures().cutOff,
})

/** The platform on a free loopback port, with the domains faked at their ports. */
export async function startFixture(given: Given = {}): Promise<Fixture> {
  const sessions = fakeSessions()
  const { log, logged } = recordedLog()
  const settings: HttpSettings = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    tls: null,
    trustProxy: false,
    ...given.settings,
  }
  const { authenticate, resolveActor } = sessions
  const rateLimits = given.rateLimits ?? noRateLimits
  const { publicUrl } = settings
  const checkAnswers = given.checkAnswers ?? true
  const common = { authenticate, resolveActor, rateLimits, log, checkAnswers, publicUrl }
  const realtime = createRealtime({ ...common, trustProxy: settings.trustProxy })
  const server = await createHttpServer({
    ...common,
    settings,
    realtime,
    routes: routesWith(given.routes ?? {}),
    events: eventsWith(given.events ?? {}),
    version: '0.0.0',
    webRoot: given.webRoot ?? '/nowhere',
    operations: {
      ready: given.ready ?? (async () => {}),
      metricsToken: given.metricsToken ?? null,
      metrics: createMetrics(sourcesOf(realtime)),
    },
  })
  await server.listen()
  return { base: server.url, server, realtime, sessions, logged }
}
