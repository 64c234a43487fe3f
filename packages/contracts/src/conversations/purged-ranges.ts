interface Range {
  readonly from: number
  readonly to: number
}

/** Up to which number everything from the first message on is gone; 0 where the first is there. */
export function purgedFromStart(ranges: readonly Range[]): number {
  let until = 0
  for (const { from, to } of ranges) if (from <= until + 1) until = Math.max(until, to)
  return until
}

/** The range that holds a number, if that message is gone. */
export const rangeOf = <R extends Range>(ranges: readonly R[], number: number): R | undefined =>
  ranges.find(({ from, to }) => number >= from && number <= to)

/** The range that ends what is gone from this number on, or right after it; undefined where the next message is there. */
export function rangeAfter<R extends Range>(ranges: readonly R[], number: number): R | undefined {
  let last: R | undefined
  for (const range of ranges) if (range.from <= (last?.to ?? number) + 1 && range.to >= number) last = range
  return last && last.to > number ? last : rangeOf(ranges, number)
}

/**
 * How many messages after a number have disappeared for good. Only what people wrote disappears by itself, so that all of them would
 * have been unread.
 */
export function disappearedAfter(
  ranges: readonly (Range & { readonly why: string })[],
  number: number,
): number {
  let count = 0
  for (const { from, to, why } of ranges)
    if (why === 'expired') count += Math.max(0, to - Math.max(from - 1, number))
  return count
}
