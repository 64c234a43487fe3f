import type { MessageRecord } from '../local-store/local-store.ts'

/** Where a number is among rising messages, or would have to be put. */
export function placeOf(messages: readonly MessageRecord[], number: number): number {
  let low = 0
  let high = messages.length
  // Nearly everything arrives at the end.
  if (high === 0 || (messages[high - 1]?.message.number ?? 0) < number) return high
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((messages[middle]?.message.number ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}
