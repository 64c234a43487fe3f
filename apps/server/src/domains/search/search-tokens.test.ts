import { matchesAll, termsOf } from '@parley/contracts/search/match'
import { expect, test } from 'vitest'
import { tokensOfTerm, tokensOfTexts } from './search-tokens.ts'

const LETTERS = [
  ...Array.from('aabbcdeéßøœ  .,:-"\'\n_$+(@)059'),
  ...Array.from('жёЙщ أإبةىمـَ١ 東京タワーの々が 한글하 สวัครั कि 👍🏽👩‍👧🎉️'),
  'e\u0301',
  'ﬁ',
  'ＡＢ',
]

/** A generator that gives the same sequence for the same seed. */
function seeded(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test('whatever matches a term holds every token of it', () => {
  const chance = seeded(20_261)
  let matched = 0
  for (let round = 0; round < 20_000; round += 1) {
    const text = Array.from({ length: 1 + chance(24) }, () => LETTERS[chance(LETTERS.length)]).join('')
    const from = chance(text.length)
    const asked = text.slice(from, from + 1 + chance(6))
    const words = chance(2) ? `"${asked}` : asked
    const terms = termsOf(words)
    if (terms.length === 0 || !matchesAll([text], terms)) continue
    matched += 1
    const held = tokensOfTexts([text])
    for (const term of terms)
      for (const token of tokensOfTerm(term)) expect(held, JSON.stringify({ text, words })).toContain(token)
  }
  expect(matched).toBeGreaterThan(5_000)
})

test('a term always has tokens, so that nothing is looked for in everything', () => {
  for (const words of ['a', 'ab', '京', '$', '🎉', '06:15', '"x y"'])
    for (const term of termsOf(words)) expect(tokensOfTerm(term).size).toBeGreaterThan(0)
})

test('a message is kept under few tokens', () => {
  const text = 'The coach leaves at 06:15 from door B, please be there ten minutes early.'
  expect(tokensOfTexts([text]).size).toBeLessThan(60)
})
