/** Scripts that write words without spaces between them. */
const DENSE =
  /^(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u
const LETTER = /^[\p{L}\p{N}\p{M}]/u
const SYMBOL = /^[\p{S}\p{Extended_Pictographic}]/u

/**
 * What a letter is to searching: `spaced` letters make words between spaces; `dense` ones stand for themselves, as do symbols and
 * emoji; `none` is what stands between (space and punctuation).
 */
export type LetterKind = 'spaced' | 'dense' | 'symbol' | 'none'

const known = new Map<string, LetterKind>()
const KNOWN_MAX = 20_000

/** @param letter one code point of folded text */
export function letterKind(letter: string): LetterKind {
  if (letter >= 'a' && letter <= 'z') return 'spaced'
  const before = known.get(letter)
  if (before !== undefined) return before
  const kind = DENSE.test(letter)
    ? 'dense'
    : LETTER.test(letter)
      ? 'spaced'
      : SYMBOL.test(letter)
        ? 'symbol'
        : 'none'
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(letter, kind)
  return kind
}

/** A stretch of letters of one kind; symbols come one by one. */
export interface Run {
  readonly kind: Exclude<LetterKind, 'none'>
  readonly letters: readonly string[]
}

/** The runs of folded text, in order. */
export function runsOf(folded: string): Run[] {
  const runs: { kind: Run['kind']; letters: string[] }[] = []
  let open: LetterKind = 'none'
  for (const letter of folded) {
    const kind = letterKind(letter)
    if (kind !== 'none') {
      if (kind === open && kind !== 'symbol') runs.at(-1)?.letters.push(letter)
      else runs.push({ kind, letters: [letter] })
    }
    open = kind
  }
  return runs
}
