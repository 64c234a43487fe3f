import { DomainError } from './domain-error.ts'

/** Runs costly work a few at a time. */
export type BoundedQueue = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Costly work shares few threads with everything else, so it runs a few at a time, in order, and beyond a bound it is turned away.
 * @param atOnce how many run at the same time
 * @param waitingMax how many may wait; one more is refused with `overloaded`
 */
export function createBoundedQueue(atOnce: number, waitingMax: number): BoundedQueue {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMax) throw new DomainError('overloaded', { retryAfter: 2 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
