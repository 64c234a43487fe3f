/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number from 0 up to, not including, `below`. */
export const upTo = (random: () => number, below: number): number => Math.floor(random() * below)

/** One of several. @throws Error when there is none */
export function oneOf<T>(random: () => number, choices: readonly T[]): T {
  const chosen = choices[upTo(random, choices.length)]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}

export function shuffled<T>(random: () => number, given: readonly T[]): T[] {
  const all = [...given]
  for (let last = all.length - 1; last > 0; last--) {
    const other = upTo(random, last + 1)
    ;[all[last], all[other]] = [all[other] as T, all[last] as T]
  }
  return all
}
