import { findRanges, type Range, type Term } from './match.ts'

/** A piece of a text around what was found in it. */
export interface Extract {
  readonly text: string
  /** What was found, within `text`. */
  readonly ranges: Range[]
  /** Whether something was left out before and after. */
  readonly cutBefore: boolean
  readonly cutAfter: boolean
}

export const EXTRACT_MAX = 240
/** How much of an extract stands before the first thing found. */
const LEAD = 60

const isSpace = (text: string, at: number) => /\s/.test(text.charAt(at))
const splitsPair = (text: string, at: number) => /[\udc00-\udfff]/.test(text.charAt(at))

/** The piece of a text that shows what was found; its beginning where nothing is in it. */
export function extractOf(text: string, terms: readonly Term[]): Extract {
  const found = findRanges(text, terms)
  const first = found[0]?.[0] ?? 0
  const from = first <= LEAD || text.length <= EXTRACT_MAX ? 0 : startNear(text, first - LEAD, first)
  const to = text.length - from <= EXTRACT_MAX ? text.length : endNear(text, from + EXTRACT_MAX)
  const ranges = found
    .filter(([start]) => start >= from && start < to)
    .map(([start, end]): Range => [start - from, Math.min(end, to) - from])
  return { text: text.slice(from, to), ranges, cutBefore: from > 0, cutAfter: to < text.length }
}

/** A place between words, not after `latest`. */
function startNear(text: string, wanted: number, latest: number): number {
  for (let at = wanted; at < latest && at < wanted + 20; at += 1) if (isSpace(text, at)) return at + 1
  return splitsPair(text, wanted) ? wanted + 1 : wanted
}

function endNear(text: string, wanted: number): number {
  for (let at = wanted; at > wanted - 20; at -= 1) if (isSpace(text, at)) return at
  return splitsPair(text, wanted) ? wanted - 1 : wanted
}
