import type {
  RouteBody,
  RouteParams,
  RouteQuery,
  RouteResponse,
  RouteShape,
} from '@parley/contracts/kernel/route'
import { routes, type RouteName, type Routes } from '@parley/contracts/routes'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../kernel/actor.ts'
import { EncodedJson, type Encoding } from '../../kernel/long-reads.ts'
import type { Log } from '../log/log.ts'
import { checkAnswer } from '../parse-input.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'
import { decodeJson } from './encode-json.ts'
import { encodingFor, sendBytes, sendEncoded, sendJson } from './send-answer.ts'
import { answerTus, type Resumable } from './answer-tus.ts'
import { sendStream, type StreamedBytes } from './send-stream.ts'
import { sendRange, type RangedBytes } from './send-range.ts'
import { guardRequest, resolveCaller, type GuardDeps } from './guard-request.ts'
import { readRequest } from './read-request.ts'
import { sessionCookies, type SessionCookies as Cookies } from './session-cookies.ts'

export type SessionCookies = Cookies

/** What an upload route was given; its content is not looked at yet. */
export interface Upload {
  readonly bytes: Uint8Array
  /** As the caller names it; one of those that the route takes. */
  readonly type: string
}

/** The answer of a `binary` route. */
export interface Binary {
  readonly bytes: Uint8Array
  readonly type: string
  /** `immutable` where the address changes with the content; otherwise never cached. */
  readonly cache?: 'immutable'
}

/** What every handler may use besides what its route declares. Nothing here needs a `this`. */
export interface Exchange extends SessionCookies {
  readonly address: string
  readonly userAgent: string
  readonly requestId: string
  readonly log: Log
  /** How the caller takes a long answer compressed. */
  readonly encoding: Encoding | null
  /**
   * Asks again who this is, for what takes its time: rights are lost at once (A2).
   * @throws DomainError not_signed_in, member_deactivated, password_change_required, forbidden
   */
  readonly askAgain: () => Promise<unknown>
}

type IsPublic<R extends RouteShape> = R['permission'] extends { readonly kind: 'public' } ? true : false

/** A request as its contract promises it: parsed, allowed, and with the actor where one is needed. */
export type RouteRequest<R extends RouteShape> = Exchange & {
  readonly params: RouteParams<R>
  readonly query: RouteQuery<R>
  readonly body: RouteBody<R>
  readonly actor: IsPublic<R> extends true ? null : Actor
} & (R['upload'] extends object ? { readonly upload: Upload } : unknown)

export type RouteAnswer<R extends RouteShape> = R['tus'] extends true
  ? Resumable
  : R['ranges'] extends true
    ? RangedBytes
    : R['streamed'] extends true
      ? StreamedBytes
      : R['binary'] extends true
        ? Binary
        : RouteResponse<R>

/**
 * A handler for every route of the contracts; domains give parts of it, `app.ts` puts them together (A3). What a long read
 * answers is encoded already.
 */
export type RouteHandlers = {
  readonly [N in RouteName]: (
    request: RouteRequest<Routes[N]>,
  ) => Promise<RouteAnswer<Routes[N]> | (Routes[N]['method'] extends 'GET' | 'POST' ? EncodedJson : never)>
}

export interface MountDeps extends GuardDeps {
  readonly log: Log
  readonly rateLimits: RateLimits
  /** Cookies carry `Secure`; false only for plain HTTP on loopback. */
  readonly secureCookies: boolean
  /** Answers are held against their contract (tests, development). */
  readonly checkAnswers: boolean
}

type AnyHandler = (request: unknown) => Promise<unknown>

/**
 * Mounts every route of the contracts.
 * @throws Error when one has no handler (A3)
 */
export function mountRoutes(app: FastifyInstance, handlers: RouteHandlers, deps: MountDeps): void {
  for (const [name, route] of Object.entries(routes) as [RouteName, RouteShape][]) {
    const handler = handlers[name] as AnyHandler | undefined
    if (!handler) throw new Error(`the route ${name} has no handler`)
    mountRoute(app, name, route, handler, deps)
  }
}

const JSON_MAX_BYTES = 256 * 1024

function mountRoute(
  app: FastifyInstance,
  name: RouteName,
  route: RouteShape,
  handler: AnyHandler,
  deps: MountDeps,
) {
  app.route({
    method: route.method,
    url: route.path,
    ...(route.tus && { config: { longBody: true } }),
    // what a HEAD throws away would be made all the same, for whoever asks again and again at no cost
    exposeHeadRoute: !route.streamed,
    bodyLimit: route.upload?.maxBytes ?? JSON_MAX_BYTES,
    onRequest: guardRequest(route, deps),
    handler: async (request, reply) => {
      // the body may have taken its time, and rights are lost at once (A2)
      request.actor = await resolveCaller(route, request, deps)
      const answer = await handler({
        ...exchange(route, request, reply, deps),
        ...readRequest(route, request, deps.rateLimits),
      })
      if (route.tus) return answerTus(request, reply, answer as Resumable)
      if (route.ranges) return sendRange(request, reply, answer as RangedBytes)
      if (route.streamed) return sendStream(reply, answer as StreamedBytes)
      if (route.binary) return sendBytes(reply, answer as Binary)
      if (!route.response) return reply.code(204).send()
      const isEncoded = answer instanceof EncodedJson
      // a long read may have waited for its turn, and rights are lost at once (A2)
      if (isEncoded) request.actor = await resolveCaller(route, request, deps)
      if (deps.checkAnswers) checkAnswer(route.response, isEncoded ? decodeJson(answer) : answer, name)
      return isEncoded ? sendEncoded(reply, answer) : sendJson(request, reply, answer)
    },
  })
}

function exchange(
  route: RouteShape,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: MountDeps,
): Exchange & { actor: Actor | null } {
  return {
    ...sessionCookies(request, reply, deps.secureCookies),
    actor: request.actor,
    address: request.caller.address,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 500),
    requestId: request.id,
    log: deps.log,
    encoding: encodingFor(request),
    askAgain: () => resolveCaller(route, request, deps),
  }
}
