import { expect, test } from 'vitest'
import { foundPieces, matchesQuery, type Searchable } from './found.ts'
import { termsOf } from './match.ts'
import type { SearchPart } from './query.ts'

const message = (given: Partial<Searchable> = {}): Searchable => ({
  senderId: 'a',
  text: '',
  notice: null,
  sentAt: 100,
  ...given,
})
const CONTRACT = { kind: 'document', name: 'Contract Łódź.pdf' } as const
const BEACH = { kind: 'picture', name: 'beach.jpg' } as const
const VOICE = { kind: 'voice', name: 'recording-7.webm' } as const

const finds = (one: Searchable, words: string, has: SearchPart[] = []) =>
  matchesQuery(one, { terms: termsOf(words), from: [], has, after: 0, before: 200 })

const pieces = (one: Searchable, words: string, has: SearchPart[] = []) =>
  foundPieces(one, { terms: termsOf(words), has })
/** An extract with what was found between brackets. */
function shown(text: string, words: string): string {
  const { extract } = pieces(message({ text }), words)
  return extract.ranges.reduceRight(
    (said, [from, to]) => `${said.slice(0, from)}[${said.slice(from, to)}]${said.slice(to)}`,
    extract.text,
  )
}

test('files are found by their names, together with what is written', () => {
  const one = message({ text: 'signed!', files: [BEACH, CONTRACT] })
  expect(finds(one, 'lodz signed')).toBe(true)
  expect(finds(one, 'train')).toBe(false)
  const { files } = pieces(one, 'lodz')
  expect(files).toEqual([
    { ...CONTRACT, ranges: [[9, 13]] },
    { ...BEACH, ranges: [] },
  ])
  expect(pieces(message({ text: 'no files' }), '')).not.toHaveProperty('files')
})

test('what a message holds is asked for by kind; a recording is found by no name', () => {
  const holds = (one: Searchable) =>
    (['file', 'picture', 'link', 'voice'] as const).filter((part) => finds(one, '', [part]))
  expect(holds(message({ files: [CONTRACT] }))).toEqual(['file'])
  expect(holds(message({ files: [BEACH] }))).toEqual(['file', 'picture'])
  expect(holds(message({ files: [VOICE] }))).toEqual(['voice'])
  expect(holds(message({ text: 'see www.parley.example' }))).toEqual(['link'])
  expect(finds(message({ files: [VOICE] }), 'recording')).toBe(false)
})

test('nothing is found in system lines, in what was deleted, and where only a place is kept', () => {
  expect(finds(message({ notice: {} }), '')).toBe(false)
  expect(finds(message({ text: 'x', deletedAt: 1 }), '')).toBe(false)
  expect(finds(message(), '')).toBe(false)
})

test.each([
  ['ticket *to* Rome', '"ticket to rome"', 'ticket to rome'],
  ['_Due_ ~Monday~ *Tuesday*', '"due monday tuesday"', 'Due Monday Tuesday'],
  ['re`start`ed twice', 'restarted', 'restarted'],
  ['say\n- *one*\n- two', '"say • one"', 'say\n• one'],
])('what marks stand in is found as it is shown: %s', (text, words, found) => {
  expect(finds(message({ text }), words)).toBe(true)
  const { extract } = pieces(message({ text }), words)
  expect(extract.ranges.map(([from, to]) => extract.text.slice(from, to))).toEqual([
    expect.stringMatching(new RegExp(`^${found}$`, 'i')),
  ])
})

test('a phrase across marks is found, and shown, far within a long text too', () => {
  const text = `${'*far* away '.repeat(90)}ticket *to* Rome${' _and_ on'.repeat(99)}`
  expect(finds(message({ text }), '"ticket to rome"')).toBe(true)
  expect(shown(text, '"ticket to rome"')).toContain('[ticket to Rome]')
})

test.each([
  ['The *coach* leaves at _nine_', 'coach nine', 'The [coach] leaves at [nine]'],
  ['~No~ *~bus~*: take the `ferry`', 'bus fer', 'No [bus]: take the [fer]ry'],
  ['To do\n- *passports*\n- visas', 'pass', 'To do\n• [pass]ports\n• visas'],
  ['> when?\n*Tomorrow*', 'tomorrow', 'when?\n[Tomorrow]'],
  ['*Été* à la _plage_', 'ete plage', '[Été] à la [plage]'],
  ['see https://a.example/_x_/*y* *now*', 'now', 'see https://a.example/_x_/*y* [now]'],
  ['2 * 3 * 4', '3', '2 * [3] * 4'],
])('what was found is shown without marks of formatting: %s', (text, words, expected) => {
  expect(shown(text, words)).toBe(expected)
})

test('who looks for the marks themselves sees them', () => {
  expect(shown('say *hello* here', '"*hello*"')).toBe('say [*hello*] here')
  expect(shown('say *hello* here', '"*hello*" here')).toBe('say [*hello*] [here]')
  expect(shown('*', '*')).toBe('*')
})

test('a long text without its marks is cut around what was found', () => {
  const { extract } = pieces(
    message({ text: `${'*far* _away_ '.repeat(60)}*harbour* ${'_on_ '.repeat(99)}` }),
    'harbour',
  )
  expect(extract).toMatchObject({ cutBefore: true, cutAfter: true })
  expect(extract.text).not.toMatch(/[*_]/)
  expect(extract.ranges.map(([from, to]) => extract.text.slice(from, to))).toEqual(['harbour'])
})

test('marks are read however far apart they are, and not where there are so many that it takes long', () => {
  expect(shown(`*${'word '.repeat(1_000)}harbour*`, 'harbour')).toMatch(/word \[harbour\]$/)
  expect(shown(`${'*_~'.repeat(2_600)} *harbour*`, 'harbour')).toMatch(/\*\[harbour\]\*$/)
})

test('where links are asked for, all of them are told, however long the text is', () => {
  const far = `https://a.example/${'x'.repeat(300)}`
  const one = message({ text: `${'words '.repeat(100)}${far} and *here*: https://b.example/` })
  expect(pieces(one, '', ['link']).links).toEqual([far, 'https://b.example/'])
  expect(pieces(one, 'words')).not.toHaveProperty('links')
})
