import type { Timers, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'

/** Milliseconds between two writes of what is being typed. */
const PAUSE = 300

/** What is typed and not sent: shown at once, kept at once, and while the typing goes on every so often. */
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
    if (this.#timer === null) this.#keep()
  }

  /** Keeps what waits, now. */
  async flush(): Promise<void> {
    this.#timers.clear(this.#timer)
    this.#timer = null
    await this.#write()
  }

  #keep(): void {
    this.#timer = this.#timers.set(() => {
      this.#timer = null
      if (this.#waiting.size > 0) this.#keep()
    }, PAUSE)
    void this.#write()
  }

  async #write(): Promise<void> {
    if (this.#waiting.size === 0) return
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
