import type { PurgedRangeRecord } from '../conversations/conversation.ts'
import type { MessageRecord } from '../messages/message.ts'

/** Why messages go. */
export type PurgeReason = Pick<PurgedRangeRecord, 'why' | 'days' | 'memberId'>

/**
 * What is gone once these messages are too: ranges in the order of numbers; those that touch and have the same reason are one, as the
 * newer of them says.
 * @param messages of one conversation, in the order of numbers
 */
export function withPurged(
  ranges: readonly PurgedRangeRecord[],
  messages: readonly MessageRecord[],
  reason: PurgeReason,
): PurgedRangeRecord[] {
  const added = messages.map(({ number, quiet }) => ({ from: number, to: number, quiet, ...reason }))
  const merged: PurgedRangeRecord[] = []
  for (const range of [...ranges, ...added].sort((a, b) => a.from - b.from)) {
    const before = merged.at(-1)
    if (before && before.to + 1 >= range.from && before.why === range.why)
      merged[merged.length - 1] = { ...before, ...range, from: before.from }
    else merged.push(range)
  }
  return withoutInner(merged)
}

/** What the rule of retention has reached stands in place of all that was gone before it: it is the same to whoever looks. */
function withoutInner(ranges: readonly PurgedRangeRecord[]): PurgedRangeRecord[] {
  const last = ranges.findLastIndex(({ why }) => why === 'retention')
  const found = ranges[last]
  const unbroken = ranges
    .slice(0, last + 1)
    .every(({ from }, index, all) => from === (all[index - 1]?.to ?? 0) + 1)
  return found && unbroken ? [{ ...found, from: 1 }, ...ranges.slice(last + 1)] : [...ranges]
}
