import type { Timers, TimerHandle } from '../platform/platform.ts'
import type { Topics } from '../topics/topics.ts'
import type { ServerClock } from './clock.ts'

export interface MomentsDeps {
  readonly timers: Timers
  readonly clock: Pick<ServerClock, 'now'>
  readonly topics: Topics
}

/** A timer may sleep with the device, and its clock may be put right: it looks again at least so often. */
const LOOK_EVERY = 15 * 60_000

/** When something of a conversation is over by the server's clock, without anybody changing anything: then it is shown anew. */
export class Moments {
  /** Something of a conversation is over. */
  whenOver: (conversationId: string) => void = () => {}
  readonly #deps: MomentsDeps
  /** The next moment of each conversation. */
  readonly #awaited = new Map<string, number>()
  #timer: TimerHandle = null
  #due = Infinity

  constructor(deps: MomentsDeps) {
    this.#deps = deps
  }

  /** The server's time. */
  now(): number {
    return this.#deps.clock.now()
  }

  /** Has the conversation shown anew at this moment. */
  await(moment: number, conversationId: string): void {
    const known = this.#awaited.get(conversationId) ?? Infinity
    if (moment >= known) return
    this.#awaited.set(conversationId, moment)
    if (moment < this.#due) this.#schedule()
  }

  stop(): void {
    this.#awaited.clear()
    this.#schedule()
  }

  #schedule(): void {
    const { timers } = this.#deps
    timers.clear(this.#timer)
    this.#timer = null
    this.#due = Math.min(...this.#awaited.values())
    if (this.#due === Infinity) return
    const pause = Math.min(LOOK_EVERY, Math.max(0, this.#due - this.now()))
    this.#timer = timers.set(() => this.#look(), pause)
  }

  #look(): void {
    const { topics } = this.#deps
    const now = this.now()
    for (const [conversationId, moment] of [...this.#awaited]) {
      if (moment > now) continue
      this.#awaited.delete(conversationId)
      topics.touch(`conversation:${conversationId}`)
      topics.touch(`row:${conversationId}`)
      topics.touch('chats')
      this.whenOver(conversationId)
    }
    this.#schedule()
  }
}
