import type { SearchHit } from '@parley/contracts/search/routes'
import type { Range } from '@parley/contracts/search/match'

/** So much of one line stands before what was found, so that it is not cut off at the end. */
const LEAD = 28

/** An extract for a single line: it begins shortly before what was found, at a word. */
export function leadIn({ text, ranges, cutBefore }: SearchHit['extract']) {
  const first = ranges[0]?.[0] ?? 0
  if (first <= LEAD) return { text, ranges: ranges as readonly Range[], cutBefore }
  const space = text.slice(first - LEAD, first).search(/\s/)
  const from = space < 0 ? first - LEAD : first - LEAD + space + 1
  return {
    text: text.slice(from),
    ranges: ranges.map(([start, end]): Range => [start - from, end - from]),
    cutBefore: true,
  }
}
