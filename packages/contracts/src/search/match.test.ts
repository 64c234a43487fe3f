import { describe, expect, test } from 'vitest'
import { extractOf, EXTRACT_MAX } from './extract.ts'
import { fold, foldWithPlaces } from './fold.ts'
import { findRanges, matchesAll, termsOf, TERMS_MAX } from './match.ts'

const finds = (text: string, words: string) => matchesAll([text], termsOf(words))

describe('folding', () => {
  test.each([
    ['case', 'HARBOUR Straße', 'harbour strasse'],
    ['accents', 'Tomás Ærø Łódź naïve', 'tomas aero lodz naive'],
    ['Cyrillic', 'Ещё Й Ї', 'еще и і'],
    ['Greek', 'ΟΔΥΣΣΕΎΣ', 'οδυσσευσ'],
    ['Arabic forms, harakat and tatweel', 'أَهْلًا إلى مدرســة ٢٠٢٦', 'اهلا الي مدرسه 2026'],
    ['Persian letters', 'کتابی', 'كتابي'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['full width', 'ＡＢＣ　１２３', 'abc 123'],
    ['half-width katakana', 'ｶﾞｲﾄﾞ', 'ガイド'],
    ['decomposed Korean', '\u1112\u1161\u11ab\u1100\u1173\u11af', '한글'],
    ['quotes, dashes, space', ' “It’s”\n\t2–3  ', '"it\'s" 2-3'],
    ['what takes no ink', 'co\u00adop \u200bx\ue000y', 'coop xy'],
    ['ligatures', 'ﬁnal', 'final'],
  ])('%s', (_what, text, folded) => {
    expect(fold(text)).toBe(folded)
    expect(foldWithPlaces(text).folded).toBe(folded)
    expect(fold(folded)).toBe(folded)
  })

  test('vowels of Indic and Thai scripts are no accents', () => {
    expect(fold('कि')).not.toBe(fold('का'))
    expect(fold('มี')).not.toBe(fold('มา'))
    expect(fold('が')).not.toBe(fold('か'))
  })
})

describe('what is found', () => {
  test.each([
    ['a word', 'The coach leaves at 06:15', 'coach'],
    ['a part of a word', 'The coach leaves at 06:15', 'oach'],
    ['several words, in any order', 'The coach leaves at 06:15', 'leaves coach'],
    ['a phrase', 'The coach leaves at 06:15', '"coach leaves"'],
    ['a phrase over a line break', 'The coach\nleaves', '"coach leaves"'],
    ['a phrase that is not closed', 'The coach leaves', '"coach leav'],
    ['a time', 'The coach leaves at 06:15', '06:15'],
    ['an address', 'write to mei@quillhaven.example', 'mei@quillhaven'],
    ['two letters at the beginning of a word', 'The coach leaves', 'le'],
    ['one letter at the beginning of a word', 'The coach leaves', 'c'],
    ['two letters after punctuation', 'the (ok) sign', 'ok'],
    ['one Chinese character, anywhere', '我们明天去东京', '京'],
    ['two Chinese characters, anywhere', '我们明天去东京', '去东'],
    ['Japanese', '明日は東京タワーへ', 'タワー'],
    ['Korean, within a word', '안녕하세요 여러분', '하세'],
    ['Thai', 'สวัสดีครับ', 'ครับ'],
    ['Arabic without harakat', 'قَالَ أَحْمَد', 'قال احمد'],
    ['Cyrillic', 'Ещё раз', 'еще'],
    ['an emoji', 'Done 🎉🎉', '🎉'],
    ['an emoji of another colour', 'Good 👍🏽', '👍'],
    ['letters after a Chinese character', '买T恤', 't恤'],
  ])('%s', (_what, text, words) => {
    expect(finds(text, words)).toBe(true)
    expect(findRanges(text, termsOf(words)).length).toBeGreaterThan(0)
  })

  test.each([
    ['a word that is not there', 'The coach leaves', 'train'],
    ['one of two words', 'The coach leaves', 'coach train'],
    ['a phrase in another order', 'The coach leaves', '"leaves coach"'],
    ['two letters within a word', 'The coach leaves', 'oa'],
    ['one letter within a word', 'The coach leaves', 'o'],
  ])('not %s', (_what, text, words) => expect(finds(text, words)).toBe(false))

  test('words may stand in different texts of one message', () => {
    expect(matchesAll(['Signed!', 'contract.pdf'], termsOf('signed contract'))).toBe(true)
  })

  test('punctuation by itself is not looked for, and no more than so many terms', () => {
    expect(termsOf('? - "…"')).toEqual([])
    expect(termsOf(Array.from({ length: 90 }, (_, n) => `w${n}`).join(' '))).toHaveLength(TERMS_MAX)
  })
})

describe('where it is', () => {
  const marked = (text: string, words: string) =>
    findRanges(text, termsOf(words)).map(([from, to]) => text.slice(from, to))

  test('ranges are those of the text as it was written', () => {
    expect(marked('Café CAFE cafés', 'cafe')).toEqual(['Café', 'CAFE', 'café'])
    expect(marked('👩‍👩‍👧 Straße', 'strasse')).toEqual(['Straße'])
    expect(marked('أَهْلًا بك', 'اهلا')).toEqual(['أَهْلًا'])
    expect(marked('ﬁnal', 'fi')).toEqual(['ﬁ'])
    expect(marked('coach  \n leaves', '"coach leaves"')).toEqual(['coach  \n leaves'])
  })

  test('ranges that touch become one', () => {
    expect(findRanges('harbour', termsOf('harb rbour'))).toEqual([[0, 7]])
  })

  test('an extract shows what was found, with where it is in it', () => {
    const text = `${'before and '.repeat(100)}the harbour ${'and after '.repeat(100)}`
    const extract = extractOf(text, termsOf('harbour'))
    expect(extract.text.length).toBeLessThanOrEqual(EXTRACT_MAX)
    expect([extract.cutBefore, extract.cutAfter]).toEqual([true, true])
    expect(extract.ranges.map(([from, to]) => extract.text.slice(from, to))).toEqual(['harbour'])
    expect(extractOf('short', termsOf('x'))).toEqual({
      text: 'short',
      ranges: [],
      cutBefore: false,
      cutAfter: false,
    })
  })

  test('an extract never cuts an emoji in two', () => {
    const extract = extractOf('😀'.repeat(1_000), termsOf('😀'))
    expect(extract.text.isWellFormed()).toBe(true)
  })
})

test('no input takes long', () => {
  const begun = performance.now()
  for (const text of [
    '"'.repeat(200),
    'a'.repeat(8_000),
    'a '.repeat(4_000),
    '\u0301'.repeat(8_000),
    'ᄒ'.repeat(8_000),
  ])
    findRanges(text, termsOf(text.slice(0, 200)))
  expect(performance.now() - begun).toBeLessThan(10_000)
})
