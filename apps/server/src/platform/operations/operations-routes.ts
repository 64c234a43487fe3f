import { timingSafeEqual, createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../kernel/domain-error.ts'
import type { Metrics } from './metrics.ts'

export interface OperationsDeps {
  /** Resolves when the server can do its work. */
  readonly ready: () => Promise<void>
  readonly metrics: Metrics
  /** Opens /metrics to others than this machine. */
  readonly metricsToken: string | null
}

const READY_WITHIN = 2_000

/** `/health`, `/ready` and `/metrics`, for whoever watches over the process. */
export function addOperations(app: FastifyInstance, deps: OperationsDeps, stopping: () => boolean): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    deps.metrics.observeRequest(route, request.method, reply.statusCode, reply.elapsedTime)
  })
  app.get('/health', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  app.get('/ready', async (_request, reply) => {
    const status = stopping() ? 'stopping' : await storageStatus(deps.ready)
    return reply
      .code(status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status })
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, deps)) throw new DomainError('not_found')
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await deps.metrics.text())
  })
}

async function storageStatus(ready: () => Promise<void>): Promise<'ready' | 'storage-away'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), READY_WITHIN)
  })
  try {
    await Promise.race([ready(), late])
    return 'ready'
  } catch {
    return 'storage-away'
  } finally {
    clearTimeout(timer)
  }
}

/** This machine itself, or whoever holds the token. */
function mayReadMetrics(request: FastifyRequest, { metricsToken }: OperationsDeps): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (metricsToken !== null && given !== undefined) return same(given, metricsToken)
  return request.caller.here
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))
