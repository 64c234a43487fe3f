import type { Timers } from '../platform/platform.ts'

interface Waiting {
  readonly due: number
  readonly run: () => void
}

/** Lets promises that are ready go on; a few turns, since one leads to another. */
export async function turns(count = 100): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve()
}

/** Time that passes when a test says so. */
export class TestClock implements Timers {
  #now: number
  readonly #waiting = new Set<Waiting>()

  constructor(now = 1_800_000_000_000) {
    this.#now = now
  }

  now = (): number => this.#now

  set = (run: () => void, milliseconds: number): Waiting => {
    const waiting = { due: this.#now + milliseconds, run }
    this.#waiting.add(waiting)
    return waiting
  }

  clear = (handle: unknown): void => {
    this.#waiting.delete(handle as Waiting)
  }

  /** Lets time pass; everything that becomes due runs in order, and so does what follows from it. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    await turns()
    for (;;) {
      const next = [...this.#waiting].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]
      if (!next) break
      this.#waiting.delete(next)
      this.#now = Math.max(this.#now, next.due)
      next.run()
      await turns()
    }
    this.#now = until
    await turns()
  }
}
