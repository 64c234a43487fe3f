import type { Mark } from '@parley/contracts/conversations/conversation'

export type Watermarks = Pick<Mark, 'delivered' | 'seen' | 'quiet'>

/** Two states of a mark as one: both only rise, whatever order they come in (Y11). */
export function mergeMarks<M extends Watermarks>(held: Watermarks, given: M): M {
  const delivered = Math.max(held.delivered, given.delivered)
  const seen = Math.max(held.seen, given.seen)
  const further = held.seen > given.seen ? held.quiet : given.quiet
  const quiet = held.seen === given.seen ? Math.max(held.quiet, given.quiet) : further
  const same = delivered === given.delivered && seen === given.seen && quiet === given.quiet
  return same ? given : { ...given, delivered, seen, quiet }
}

/** Whether a mark tells nothing that another does not. */
export const isBehind = (given: Watermarks, held: Watermarks): boolean => mergeMarks(given, held) === held
