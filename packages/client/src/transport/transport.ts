import type { Failure } from '@parley/contracts/kernel/failure'

/** The two ways to the server. A test may put itself between client and transport to lose, repeat and delay. */
export interface Transport {
  /** @throws Unreachable when no answer came */
  http(request: HttpRequest): Promise<HttpAnswer>
  /** Opens the one live connection. Nothing is tried again by itself. */
  connect(options: ConnectOptions, handlers: ConnectionHandlers): Connection
}

export interface HttpRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface HttpAnswer {
  readonly status: number
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown
}

export interface ConnectOptions {
  /** The access token; null where a cookie carries it. */
  readonly token: string | null
  readonly protocol: number
}

/** Exactly one of `refused` and `closed` ends a connection, and nothing is heard of it after that. */
export interface ConnectionHandlers {
  opened(): void
  /** The handshake was refused; null when no refusal but silence. */
  refused(error: Failure['error'] | null): void
  signal(name: string, payload: unknown): void
  closed(): void
}

export interface Connection {
  /** @returns the acknowledgement @throws Unreachable when none came: timeout, or the connection closed first */
  request(event: string, payload: unknown, timeout: number): Promise<unknown>
  emit(event: string, payload: unknown): void
  /** Ends it without calling `closed`. Requests under way fail. */
  close(): void
}

/** No answer: it may or may not have reached the server. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}
