import { blankOf } from '@parley/contracts/messages/blank'
import type { Change } from '@parley/contracts/sync/change'
import { isExpired } from './message-rules.ts'

/**
 * The same changes, with nothing of messages whose time has come by `now` but their places: numbers have no gaps (Y7) until it is told that
 * they are gone for good. Pages, first loads and what is caught up with leave through here; search, starred messages and exports ask `isExpired` themselves. What somebody keeps of a group that they have left ends with a system line, and those stay.
 */
export const withoutExpired = <C extends Change>(changes: readonly C[], now: number): C[] =>
  changes.map((change) => {
    if (change.kind !== 'message' || !change.data || !isExpired(change.data, now)) return change
    return { ...change, data: blankOf(change.data) }
  })
