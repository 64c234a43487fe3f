import { fold, foldWithPlaces, type FoldedPlaces } from './fold.ts'
import { letterKind, runsOf } from './letters.ts'

/** One thing that has to be found: a word, a part of one, or a phrase. */
export interface Term {
  /** Folded, with something to be found in it. */
  readonly text: string
  /** One and two letters are found at the beginning of a word alone: anywhere they would be in nearly everything. */
  readonly atWordStart: boolean
}

/** More than these are not looked for. */
export const TERMS_MAX = 16

const SHORT = 3
const QUOTES = /["“”„‟«»]/
const PHRASE_OR_WORD = /"([^"]*)(?:"|$)|[^\s"]+/g

/** The terms in what somebody typed: words, all of which must be found, and phrases between quotes. */
export function termsOf(words: string): Term[] {
  const terms = new Map<string, Term>()
  for (const [whole, phrase] of words.replace(new RegExp(QUOTES, 'g'), '"').matchAll(PHRASE_OR_WORD)) {
    const text = fold(phrase ?? whole)
    const [first] = runsOf(text)
    if (!first || terms.size >= TERMS_MAX) continue
    const beginsWithIt = text.startsWith(first.letters.join(''))
    const atWordStart = beginsWithIt && first.kind === 'spaced' && first.letters.length < SHORT
    terms.set(text, { text, atWordStart })
  }
  return [...terms.values()]
}

/** Where a term is in folded text, at or after `from`; -1 where it is not. */
function indexOfTerm(folded: string, { text, atWordStart }: Term, from = 0): number {
  let at = folded.indexOf(text, from)
  while (at > 0 && atWordStart && letterKind(letterBefore(folded, at)) === 'spaced') {
    at = folded.indexOf(text, at + 1)
  }
  return at
}

function letterBefore(folded: string, at: number): string {
  const unit = folded.charCodeAt(at - 1)
  return unit >= 0xdc00 && unit <= 0xdfff ? folded.slice(at - 2, at) : folded.charAt(at - 1)
}

/** Those of the terms that are in a text. */
export function termsIn(text: string, terms: readonly Term[]): Term[] {
  const folded = fold(text)
  return terms.filter((term) => indexOfTerm(folded, term) >= 0)
}

/** Whether each term is in at least one of these texts. */
export function matchesAll(texts: readonly string[], terms: readonly Term[]): boolean {
  const folded = texts.map(fold)
  return terms.every((term) => folded.some((text) => indexOfTerm(text, term) >= 0))
}

/** From where to where in UTF-16 units, the end not included. */
export type Range = [from: number, to: number]

/** Where the terms are in a text, in order, none within another. */
export function findRanges(text: string, terms: readonly Term[]): Range[] {
  if (terms.length === 0) return []
  const places = foldWithPlaces(text)
  const found = terms.flatMap((term) => rangesOfTerm(places, term))
  found.sort(([a], [b]) => a - b)
  const joined: [number, number][] = []
  for (const [from, to] of found) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

function rangesOfTerm({ folded, starts, ends }: FoldedPlaces, term: Term): [number, number][] {
  const ranges: [number, number][] = []
  let at = indexOfTerm(folded, term)
  while (at >= 0) {
    const end = at + term.text.length
    ranges.push([starts[at] ?? 0, ends[end - 1] ?? 0])
    at = indexOfTerm(folded, term, end)
  }
  return ranges
}
