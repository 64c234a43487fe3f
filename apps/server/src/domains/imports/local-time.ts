import type { WallTime } from './date-order.ts'

/** A time zone by its name, as `Intl` knows it. @throws RangeError for another */
export function createZone(timeZone: string): (wall: WallTime) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  /** Hours of a zone are asked for once each: that is what takes time. */
  const known = new Map<number, number>()
  const offsetAt = (instant: number): number => {
    const hour = Math.floor(instant / HOUR)
    const offset = known.get(hour) ?? offsetOf(format, hour * HOUR)
    if (known.size > KNOWN_MAX) known.clear()
    known.set(hour, offset)
    return offset
  }
  return ({ year, month, day, hour, minute, second }) => {
    const asUtc = Date.UTC(year, month - 1, day, hour, minute, second)
    const guess = asUtc - offsetAt(asUtc)
    // around a change of the clocks the first guess may have taken the other side's
    return asUtc - offsetAt(guess)
  }
}

const HOUR = 3_600_000
const KNOWN_MAX = 50_000

/** Milliseconds by which a zone's wall is ahead of UTC. */
function offsetOf(format: Intl.DateTimeFormat, instant: number): number {
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant
}
