import type { PushReason, PushTarget } from '@parley/contracts/notifications/push'

export interface PushOptions {
  /** Seconds for which the service keeps it for a device that cannot be reached. */
  readonly ttl: number
  /** At most 32 characters of base64url: the service keeps only the newest of a topic. */
  readonly topic: string
  readonly urgency: 'high' | 'normal'
}

/** What became of one attempt. `status` is what the service answered; null without an answer. */
export type PushOutcome =
  | { readonly outcome: 'accepted'; readonly status: number }
  /** Not tried again. */
  | { readonly outcome: 'failed'; readonly reason: PushReason; readonly status: number | null }
  /** Another attempt may succeed. `retryAfter` is what the service asked for, in seconds. */
  | {
      readonly outcome: 'later'
      readonly reason: PushReason
      readonly status: number | null
      readonly retryAfter: number | null
    }

/** Hands pushes to the push services of browsers, encrypted so that only the device can read them. */
export interface PushSender {
  /** The application server key with which browsers subscribe, base64url. */
  readonly publicKey: string
  /** Whether this installation may call the address at all; clients give it, so they must not choose our own network. */
  mayCall(endpoint: string): boolean
  /** One attempt, which ends within some seconds whatever the other side does. Never rejects. */
  send(target: PushTarget, payload: string, options: PushOptions): Promise<PushOutcome>
}
