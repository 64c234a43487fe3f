import type { Timers, TimerHandle } from '../platform/platform.ts'

/** A tab in the background for this long means that nobody is there. */
const AWAY_AFTER = 60_000

/** Whether somebody is at this device: any of its tabs is in sight, or was a moment ago. */
export class Activity {
  readonly #timers: Timers
  readonly #tell: (active: boolean) => void
  readonly #otherTabs = new Map<string, boolean>()
  #visibleHere = true
  #active = true
  #timer: TimerHandle = null

  constructor(timers: Timers, tell: (active: boolean) => void) {
    this.#timers = timers
    this.#tell = tell
  }

  here(visible: boolean): void {
    this.#visibleHere = visible
    this.#consider()
  }

  visibleHere(): boolean {
    return this.#visibleHere
  }

  /** Another tab says whether it is in sight; null when it has gone. */
  elsewhere(tab: string, visible: boolean | null): void {
    if (visible === null) this.#otherTabs.delete(tab)
    else this.#otherTabs.set(tab, visible)
    this.#consider()
  }

  /** A new connection counts as active until it hears otherwise. */
  connected(): void {
    if (!this.#active) this.#tell(false)
  }

  stop(): void {
    this.#timers.clear(this.#timer)
  }

  #consider(): void {
    const visible = this.#visibleHere || [...this.#otherTabs.values()].includes(true)
    this.#timers.clear(this.#timer)
    if (visible) this.#become(true)
    else this.#timer = this.#timers.set(() => this.#become(false), AWAY_AFTER)
  }

  #become(active: boolean): void {
    if (active === this.#active) return
    this.#active = active
    this.#tell(active)
  }
}
