/** Told by the runner: while pinned nothing is evicted, since entries may be newer than what the file holds. */
export interface Pin {
  pinned: boolean
}

/**
 * A bounded memory of what the file holds, nearly least-recently-used: two generations, of which the older is dropped whole. It
 * holds between one and two times `limit` entries.
 */
export class Cache<K extends string | number, V> {
  readonly #limit: number
  readonly #pin: Pin
  #young = new Map<K, V>()
  #old = new Map<K, V>()

  constructor(limit: number, pin: Pin) {
    this.#limit = limit
    this.#pin = pin
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: K, value: V): void {
    this.#young.set(key, value)
    if (this.#young.size > this.#limit) this.trim()
  }

  delete(key: K): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }

  trim(): void {
    if (this.#pin.pinned || this.#young.size <= this.#limit) return
    this.#old = this.#young
    this.#young = new Map()
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }
}

/** A cache by id within an organisation. The same id in another organisation is a miss (T1), never an answer. */
export class ScopedCache<V> {
  readonly #entries: Cache<string, { readonly org: number; readonly value: V }>

  constructor(limit: number, pin: Pin) {
    this.#entries = new Cache(limit, pin)
  }

  get(org: number, id: string): V | undefined {
    const entry = this.#entries.get(id)
    return entry?.org === org ? entry.value : undefined
  }

  set(org: number, id: string, value: V): void {
    this.#entries.set(id, { org, value })
  }

  delete(id: string): void {
    this.#entries.delete(id)
  }

  clear(): void {
    this.#entries.clear()
  }

  trim(): void {
    this.#entries.trim()
  }
}
