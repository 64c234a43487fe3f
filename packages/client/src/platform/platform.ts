/** What the client needs from the place where it runs. Everything with time, chance or the outside world comes through here. */
export interface Platform {
  readonly timers: Timers
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number
  readonly fetch: Fetch
  readonly network: Network
  /** null where several tabs cannot share one store. */
  readonly tabs: TabPorts | null
}

export type TimerHandle = unknown

export interface Timers {
  /** Milliseconds since 1970 by the device's clock, which may be wrong by any amount. */
  now(): number
  set(run: () => void, milliseconds: number): TimerHandle
  clear(handle: TimerHandle): void
}

export interface FetchRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Cookies travel along; only where the session lives in cookies. */
  readonly cookies: boolean
  readonly timeout: number
}

export interface FetchAnswer {
  readonly status: number
  header(name: string): string | null
  text(): Promise<string>
}

/** Rejects when no answer came. */
export type Fetch = (url: string, request: FetchRequest) => Promise<FetchAnswer>

export interface Network {
  /** False only when the device knows that it has no network. */
  online(): boolean
  /** Whether the person can see this page. */
  visible(): boolean
  /** When the person last did something here, by the device's clock; null where that cannot be known. */
  lastUsed(): number | null
  /** Called when any of these changes; of use, only when it begins again after a pause. @returns a function that ends it */
  subscribe(listener: () => void): () => void
}

export interface TabPorts {
  readonly locks: Locks
  /** Opens the channel on which the tabs of this origin talk. */
  channel(name: string): Channel
}

export interface Locks {
  /**
   * Waits for the lock, runs, and holds it until the promise settles.
   * @param given ends the waiting (not the holding) when it settles
   */
  request<T>(name: string, run: () => Promise<T>, given?: Promise<void>): Promise<T | undefined>
}

export interface Channel {
  /** Reaches every other tab, not this one. The message is copied. */
  post(message: unknown): void
  listen(listener: (message: unknown) => void): void
  close(): void
}
