import type { Timers } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'

/** Differences below this are the network's, not the clock's. */
const WORTH_KEEPING = 2_000

/** The server's time on a device whose own clock may be a day wrong. */
export class ServerClock {
  readonly #timers: Timers
  readonly #replica: Replica

  constructor(timers: Timers, replica: Replica) {
    this.#timers = timers
    this.#replica = replica
  }

  now(): number {
    return this.#timers.now() + this.#replica.state.meta.clockOffset
  }

  /** @param askedAt by the device's clock, when the request left */
  learn(serverTime: number, askedAt: number): void {
    const answeredAt = this.#timers.now()
    const offset = Math.round(serverTime - (askedAt + answeredAt) / 2)
    if (Math.abs(offset - this.#replica.state.meta.clockOffset) < WORTH_KEEPING) return
    void this.#replica.setMeta('clockOffset', offset)
  }
}
