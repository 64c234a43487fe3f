import type * as z from 'zod/mini'
import type { ErrorCode } from './error-codes.ts'
import type { Permission } from './permission.ts'

/** The rate limits of A10 by name; the figures live in the server's rate-limit table. */
export type RateLimitName =
  | 'sign-in'
  | 'sign-up'
  | 'invite'
  | 'message'
  | 'upload'
  /** What is said about a file, */
  | 'file'
  /** and its bytes, up and down. */
  | 'transfer'
  | 'token'
  | 'load'
  | 'read'
  | 'search'
  | 'write'

export interface RouteShape {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `:param` segments, as Fastify writes them. */
  readonly path: `/api/${string}`
  readonly summary: string
  readonly permission: Permission
  readonly rateLimit: RateLimitName
  readonly params?: z.ZodMiniObject
  readonly query?: z.ZodMiniObject
  /** JSON unless `upload` says which raw content types are taken instead. */
  readonly body?: z.ZodMiniType
  readonly upload?: { readonly types: readonly string[]; readonly maxBytes: number }
  /** One request of a resumable upload (tus 1.0): headers and raw bytes in place of JSON, with its own statuses. */
  readonly tus?: true
  /** `undefined` stands for 204 without a body. */
  readonly response?: z.ZodMiniType
  /** The answer is bytes, not JSON (a picture). */
  readonly binary?: true
  /** Of bytes that are made while they are sent: how many there will be is not known. */
  readonly streamed?: true
  /** A part of the bytes may be asked for (RFC 9110, section 14). */
  readonly ranges?: true
  /** Codes beyond those that every route can answer. */
  readonly errors: readonly ErrorCode[]
}

/** Declares a route once, for both ends. Returns it unchanged, with its exact type. */
export const defineRoute = <const R extends RouteShape>(route: R): R => route

type Parsed<S> = S extends z.ZodMiniType ? z.output<S> : undefined
type Given<S> = S extends z.ZodMiniType ? z.input<S> : undefined

export type RouteParams<R extends RouteShape> = Parsed<R['params']>
export type RouteQuery<R extends RouteShape> = Parsed<R['query']>
export type RouteBody<R extends RouteShape> = Parsed<R['body']>
export type RouteResponse<R extends RouteShape> = R['response'] extends z.ZodMiniType
  ? z.output<R['response']>
  : // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a route without a response answers with nothing
    void
/** What a caller passes: only the parts that the route has. */
export type RouteInput<R extends RouteShape> = {
  [K in 'params' | 'query' | 'body' as R[K] extends z.ZodMiniType ? K : never]: Given<R[K]>
}
