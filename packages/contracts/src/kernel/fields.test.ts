import { describe, expect, test } from 'vitest'
import { line, optionalLine, paragraph } from './fields.ts'
import { problemOfParagraph } from './written-text.ts'

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: string) =>
  schema.safeParse(value).success

const invisible = [
  '\u3164',
  '\u2800',
  '\u115f',
  '\u200c\u200d',
  '\u00ad',
  '\u034f',
  '\u{e0001}',
  '\u200b\u2060',
]

describe('a name', () => {
  test.each(['Amina Haddad', 'Zoë', '李美', 'علی\u200cرضا', 'श्री\u200dमती', 'Crew 👩‍✈️ ❤️', "O'Brien-Łuczak"])(
    'may be %s',
    (name) => {
      expect(takes(line(80), name)).toBe(true)
    },
  )
  test.each([
    ...invisible,
    '\u061cAmina',
    'Ami\u00adna',
    'Amina\u200d',
    '\u202eanimA',
    'A\nB',
    'half \ud800 pair',
  ])('may not hide or disguise itself: %j', (name) => {
    expect(takes(line(80), name)).toBe(false)
    expect(takes(optionalLine(80), name)).toBe(false)
  })
})

describe('a text', () => {
  test.each(['hello', '  spaced  ', 'two\nlines', '👩‍👩‍👧', 'שלום', '\u200fمرحبا'])('may be %j', (text) => {
    expect(takes(paragraph(100), text)).toBe(true)
  })
  test.each([...invisible, '', ' \n ', '\u200b\u2060\u3164'])(
    'is empty when nothing of it shows: %j',
    (text) => {
      expect(paragraph(100).safeParse(text).error?.issues[0]?.message).toBe('This cannot be empty.')
    },
  )
  test.each(['lone \ud800 x', '\udc00', 'nul \u0000', 'bell \u0007'])(
    'is refused with what nobody can read: %j',
    (text) => {
      expect(takes(paragraph(100), text)).toBe(false)
    },
  )
  test('is judged alike with and without a schema, with the same sentence first', () => {
    const texts = [
      'hello',
      ' \n ',
      '',
      'two\nlines',
      'nul \u0000',
      'half \ud800',
      '\u200b\u3164',
      'x'.repeat(11),
      ' x'.repeat(6),
    ]
    for (const text of texts)
      expect([text, problemOfParagraph(text, 10)]).toEqual([
        text,
        paragraph(10).safeParse(text).error?.issues[0]?.message ?? null,
      ])
  })
})
