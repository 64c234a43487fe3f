import type { PresenceState } from '@parley/contracts/presence/events'
import { PRESENCE_WATCH_MAX } from '@parley/contracts/presence/bounds'
import type { Presence } from '../presence/presence-view.ts'
import type { Timers, TimerHandle } from '../platform/platform.ts'
import type { Topics } from '../topics/topics.ts'

/** A screen that changes watches and unwatches in one go. */
const GATHER = 50

/** Whose presence this tab (and, where it leads, the others) want to hear of, and what was heard (Y10). */
export class PresenceWatch {
  /** The wanted list changed. */
  whenWanted: (memberIds: readonly string[]) => void = () => {}
  readonly #timers: Timers
  readonly #topics: Topics
  readonly #counts = new Map<string, number>()
  readonly #otherTabs = new Map<string, readonly string[]>()
  readonly #heard = new Map<string, Presence>()
  #timer: TimerHandle = null
  #scheduled = false

  constructor(timers: Timers, topics: Topics) {
    this.#timers = timers
    this.#topics = topics
  }

  get(memberId: string): Presence | null {
    return this.#heard.get(memberId) ?? null
  }

  /** @returns a function that ends it */
  watch(memberIds: readonly string[]): () => void {
    for (const id of memberIds) this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1)
    if (memberIds.length > 0) this.#gather()
    let over = false
    return () => {
      if (over) return
      over = true
      for (const id of memberIds) {
        const count = (this.#counts.get(id) ?? 1) - 1
        if (count > 0) this.#counts.set(id, count)
        else this.#counts.delete(id)
      }
      if (memberIds.length > 0) this.#gather()
    }
  }

  /** What another tab wants; an empty list when it has gone. */
  watchFor(tab: string, memberIds: readonly string[]): void {
    if (memberIds.length === 0) this.#otherTabs.delete(tab)
    else this.#otherTabs.set(tab, memberIds)
    this.#gather()
  }

  /** What this tab's own screens want. */
  own(): readonly string[] {
    return [...this.#counts.keys()]
  }

  /** What all tabs want, as much of it as the server takes. */
  wanted(): readonly string[] {
    const all = new Set([...this.#counts.keys(), ...[...this.#otherTabs.values()].flat()])
    return [...all].slice(0, PRESENCE_WATCH_MAX)
  }

  hear(states: readonly PresenceState[]): void {
    for (const { memberId, ...presence } of states) this.#heard.set(memberId, presence)
    if (states.length > 0) this.#topics.touch('presence')
  }

  heard(): readonly PresenceState[] {
    return [...this.#heard].map(([memberId, presence]) => ({ memberId, ...presence }))
  }

  /** Without a connection nobody can say who is here. */
  forget(): void {
    if (this.#heard.size === 0) return
    this.#heard.clear()
    this.#topics.touch('presence')
  }

  #gather(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#timer = this.#timers.set(() => {
      this.#scheduled = false
      const wanted = new Set(this.wanted())
      for (const id of this.#heard.keys()) if (!wanted.has(id)) this.#heard.delete(id)
      this.whenWanted([...wanted])
    }, GATHER)
  }

  stop(): void {
    this.#timers.clear(this.#timer)
    this.#scheduled = false
  }
}
