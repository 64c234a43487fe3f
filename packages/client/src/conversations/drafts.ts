import type { Timers, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'

const KEEP_AFTER = 300

/** What is typed and not sent: shown at once, kept when the fingers rest. */
export class Drafts {
  readonly #replica: Replica
  readonly #timers: Timers
  readonly #waiting = new Set<string>()
  #timer: TimerHandle = null

  constructor(replica: Replica, timers: Timers) {
    this.#replica = replica
    this.#timers = timers
  }

  get(conversationId: string): string {
    return this.#replica.state.drafts.get(conversationId) ?? ''
  }

  set(conversationId: string, text: string): void {
    if (this.get(conversationId) === text) return
    this.#replica.show([{ op: 'put-draft', conversationId, text }])
    this.#waiting.add(conversationId)
    this.#timers.clear(this.#timer)
    this.#timer = this.#timers.set(() => void this.flush(), KEEP_AFTER)
  }

  /** Keeps what waits, now. */
  async flush(): Promise<void> {
    this.#timers.clear(this.#timer)
    const conversationIds = [...this.#waiting]
    this.#waiting.clear()
    await this.#replica.commit(
      conversationIds.map((conversationId) => ({
        op: 'put-draft' as const,
        conversationId,
        text: this.get(conversationId),
      })),
    )
  }
}
