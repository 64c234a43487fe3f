import { fold } from '@parley/contracts/search/fold'
import { runsOf, type Run } from '@parley/contracts/search/letters'
import type { Term } from '@parley/contracts/search/match'

/**
 * What a message is found by in an index: the pieces of its words, so that any part of a word leads to it. Every message that matches
 * a term holds all tokens of the term; not every message that holds them matches, so what is found is compared again.
 */

/** How many letters make a piece in scripts with spaces between words, and in those without. */
const PIECE = { spaced: 3, dense: 2 } as const

/** Every run of `size` letters. */
function piecesOf(letters: readonly string[], size: number, add: (piece: string) => void): void {
  for (let at = 0; at + size <= letters.length; at += 1) add(letters.slice(at, at + size).join(''))
}

function addRun({ kind, letters }: Run, add: (piece: string) => void): void {
  const [first = '', second = ''] = letters
  if (kind === 'spaced') {
    // how a word begins, for what is shorter than a piece
    add(first)
    if (second !== '') add(first + second)
    piecesOf(letters, PIECE.spaced, add)
    return
  }
  piecesOf(letters, 1, add)
  if (kind === 'dense') piecesOf(letters, PIECE.dense, add)
}

/** The tokens under which these texts are kept. */
export function tokensOfTexts(texts: readonly string[]): Set<string> {
  const tokens = new Set<string>()
  for (const text of texts) for (const run of runsOf(fold(text))) addRun(run, (piece) => tokens.add(piece))
  return tokens
}

/** The tokens that a message has to hold if the term is to be found in it. */
export function tokensOfTerm({ text }: Term): Set<string> {
  const tokens = new Set<string>()
  const add = (piece: string) => tokens.add(piece)
  for (const { kind, letters } of runsOf(text)) {
    const size = kind === 'symbol' ? 1 : PIECE[kind]
    if (letters.length < size) add(letters.join(''))
    else piecesOf(letters, size, add)
  }
  return tokens
}
