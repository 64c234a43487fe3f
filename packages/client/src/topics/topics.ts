import type { Topic } from '../client-api.ts'

/** A chat row changed: known to the selectors, of no interest to screens, which watch `chats`. */
export type InnerTopic = Topic | `row:${string}`

/**
 * Who listens to what, and how often each topic has changed. A touch counts at once, so that selectors see it; listeners
 * hear of it together, in a microtask.
 */
export class Topics {
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #revisions = new Map<string, number>()
  readonly #waiting = new Set<string>()
  #clock = 1
  #floor = 0
  #scheduled = false

  /** Says that something in the topic changed. */
  touch(topic: InnerTopic): void {
    this.#clock += 1
    this.#revisions.set(topic, this.#clock)
    this.#announce(topic)
  }

  /** Says that everything may have changed. */
  touchAll(): void {
    this.#clock += 1
    this.#floor = this.#clock
    this.#revisions.clear()
    for (const topic of this.#listeners.keys()) this.#announce(topic)
  }

  /** Wakes the listeners of every topic that begins so; their revisions stay. */
  wake(prefix: string): void {
    for (const topic of this.#listeners.keys()) if (topic.startsWith(prefix)) this.#announce(topic)
  }

  /** Rises with every change of the topic. */
  revision(topic: InnerTopic): number {
    return this.#revisions.get(topic) ?? this.#floor
  }

  watched(topic: Topic): boolean {
    return this.#listeners.has(topic)
  }

  /** @returns a function that ends the subscription */
  subscribe(topic: Topic, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set()
    // One function may be given twice; each subscription is its own.
    const own = () => listener()
    listeners.add(own)
    this.#listeners.set(topic, listeners)
    return () => {
      listeners.delete(own)
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic)
    }
  }

  #announce(topic: string): void {
    if (!this.#listeners.has(topic)) return
    this.#waiting.add(topic)
    if (this.#scheduled) return
    this.#scheduled = true
    void Promise.resolve().then(() => this.#flush())
  }

  #flush(): void {
    this.#scheduled = false
    const topics = [...this.#waiting]
    this.#waiting.clear()
    for (const topic of topics) for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener()
  }
}

/** Keeps a computed value until one of its topics changes. */
export function memo<T>(topics: Topics, watched: readonly InnerTopic[], compute: () => T): () => T {
  let revision = -1
  let value: T
  return () => {
    let now = 0
    for (const topic of watched) now = Math.max(now, topics.revision(topic))
    if (now !== revision) {
      value = compute()
      revision = now
    }
    return value
  }
}
