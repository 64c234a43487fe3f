/** Seeded chance: the same seed gives the same decisions, on every machine. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number
  pick<T>(from: readonly T[]): T
  happens(probability: number): boolean
  /** Chance of its own for one part, so that how often the part asks does not move the others. */
  fork(): Chance
}

/** Mulberry32, by Tommy Ettinger: 32 bits of state, good enough to mix histories. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return {
    next,
    below,
    pick<T>(from: readonly T[]) {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    happens: (probability) => next() < probability,
    fork: () => chanceFrom(below(4_294_967_296)),
  }
}

/** One of the keys, as often as its weight says. */
export function weighted<K extends string>(chance: Chance, weights: Readonly<Record<K, number>>): K {
  const entries = Object.entries(weights) as [K, number][]
  let left = chance.next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [key, weight] of entries) {
    left -= weight
    if (left < 0) return key
  }
  throw new Error('weights do not add up')
}
