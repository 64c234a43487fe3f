import type { Platform, TimerHandle } from '../platform/platform.ts'

/** Nobody has touched the device for so long: the page may be in sight, but not of anybody. */
const IDLE_AFTER = 5 * 60_000

interface Told {
  /** Somebody is at this device, or nobody is any more. Told at once: what follows from it is the server's to say. */
  readonly device: (active: boolean) => void
  /** Somebody looks at this very tab, or not any more. */
  readonly here: (attended: boolean) => void
}

/** Whether somebody is at this device: any of its tabs is in sight and was used not long ago. */
export class Activity {
  readonly #platform: Pick<Platform, 'timers' | 'network'>
  readonly #told: Told
  readonly #otherTabs = new Map<string, boolean>()
  #here = true
  #active = true
  #timer: TimerHandle = null

  constructor(platform: Pick<Platform, 'timers' | 'network'>, told: Told) {
    this.#platform = platform
    this.#told = told
  }

  /** What the platform says may have changed: visibility, or the person did something. */
  look(): void {
    const { timers, network } = this.#platform
    timers.clear(this.#timer)
    const lastUsed = network.visible() ? network.lastUsed() : null
    const left = lastUsed === null ? 0 : lastUsed + IDLE_AFTER - timers.now()
    const here = network.visible() && (lastUsed === null || left > 0)
    // timers stand still while a device sleeps; then this comes when it wakes, which is early enough
    if (left > 0) this.#timer = timers.set(() => this.look(), left)
    if (here !== this.#here) {
      this.#here = here
      this.#told.here(here)
    }
    this.#consider()
  }

  /** Whether somebody looks at this tab. */
  attendedHere(): boolean {
    return this.#here
  }

  /** The tabs, other than this one, that somebody looks at. */
  attendedElsewhere(): readonly string[] {
    return [...this.#otherTabs].filter(([, attended]) => attended).map(([tab]) => tab)
  }

  /** Another tab says whether somebody looks at it; null when it has gone. */
  elsewhere(tab: string, attended: boolean | null): void {
    if (attended === null) this.#otherTabs.delete(tab)
    else this.#otherTabs.set(tab, attended)
    this.#consider()
  }

  /** A new connection counts as active until it hears otherwise. */
  connected(): void {
    this.look()
    if (!this.#active) this.#told.device(false)
  }

  stop(): void {
    this.#platform.timers.clear(this.#timer)
  }

  #consider(): void {
    const active = this.#here || [...this.#otherTabs.values()].includes(true)
    if (active === this.#active) return
    this.#active = active
    this.#told.device(active)
  }
}
