import { findRanges, type Range, type Term } from '@parley/contracts/search/match'
import { useMemo, type ReactNode } from 'react'

/** A text with what was found in it marked. Ranges are in order, none within another. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  const parts: ReactNode[] = []
  let at = 0
  for (const [from, to] of ranges) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  parts.push(text.slice(at))
  return <>{parts}</>
}

/** A name with what was looked for marked. */
export function MarkedName({ text, terms }: { text: string; terms: readonly Term[] }) {
  const ranges = useMemo(() => findRanges(text, terms), [text, terms])
  return <Marked text={text} ranges={ranges} />
}
