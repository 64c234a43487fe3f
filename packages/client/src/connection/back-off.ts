const FIRST = 800
const LONGEST = 30_000

/**
 * How long to wait before the next try: doubling, with full jitter so that many clients do not come back together.
 * @param attempt failures so far, from 0
 * @param atLeast what the server asked for, in milliseconds
 */
export function backOff(attempt: number, random: () => number, atLeast = 0): number {
  const doubled = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10))
  // A server that knows how long it needs is believed, and only spread a little.
  const ceiling = atLeast === 0 ? doubled : Math.min(doubled, Math.max(200, atLeast))
  return Math.round(atLeast + 100 + random() * ceiling)
}
