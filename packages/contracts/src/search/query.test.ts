import { expect, test } from 'vitest'
import { begunOperator, daysOf, parseQuery, valuesOf, withoutOperator, writeOperator } from './query.ts'

const NOW = Date.UTC(2026, 2, 5, 12)
/** Two hours ahead of UTC, all the year. */
const there = (year: number, month: number, day: number) => Date.UTC(year, month, day) - 7_200_000
const parse = (query: string) => parseQuery(query, NOW, there)
const at = (text: string) => Date.parse(`${text}T00:00:00+02:00`)
const nothing = { words: '', from: [], in: [], has: [], after: null, before: null }

test('operators are taken out and the words are left', () => {
  expect(parse('coach from:amina in:"Harbour tours" has:picture HAS:links "front door"')).toEqual({
    ...nothing,
    words: 'coach "front door"',
    from: ['amina'],
    in: ['Harbour tours'],
    has: ['picture', 'link'],
  })
})

test('days are those of where the member is', () => {
  expect(parse('on:2026-03-04')).toEqual({ ...nothing, after: at('2026-03-04'), before: at('2026-03-05') })
  expect(parse('after:2026-03-04')).toEqual({ ...nothing, after: at('2026-03-05') })
  expect(parse('before:2026-03-04')).toEqual({ ...nothing, before: at('2026-03-04') })
  expect(parse('after:2025 before:2026-03')).toEqual({
    ...nothing,
    after: at('2026-01-01'),
    before: at('2026-03-01'),
  })
  expect(parse('on:2026-02')).toEqual({ ...nothing, after: at('2026-02-01'), before: at('2026-03-01') })
  expect(parse('on:today')).toEqual({ ...nothing, after: at('2026-03-05'), before: at('2026-03-06') })
  expect(parse('on:yesterday')).toEqual({ ...nothing, after: at('2026-03-04'), before: at('2026-03-05') })
})

test.each(['has:unicorn', 'on:2026-02-30', 'before:2026-13', 'on:soon', 'xfrom:amina', 'from:', '06:15'])(
  '%j is words',
  (query) => expect(parse(query)).toEqual({ ...nothing, words: query }),
)

test('a day has the hours that it has where the clocks change', () => {
  const days = daysOf('2026-03-29', NOW)
  expect(days?.until).toBe(new Date(2026, 2, 30).getTime())
})

test('an operator that is written is read again', () => {
  expect(parse(writeOperator('from', 'Amina "A" Haddad')).from).toEqual(['Amina A Haddad'])
  expect(parse(writeOperator('in', 'ops')).in).toEqual(['ops'])
})

test('an operator can be looked at, taken out and finished', () => {
  const query = 'from:amina coach in:"Harbour tours" from:luis'
  expect(valuesOf(query, 'from')).toEqual(['amina', 'luis'])
  expect(valuesOf(query, 'in')).toEqual(['Harbour tours'])
  expect(withoutOperator(query, 'from')).toBe('coach in:"Harbour tours" ')
  expect(begunOperator('coach FROM:am')).toEqual({ operator: 'from', value: 'am', at: 6 })
  expect(begunOperator('in:"Harbour t')).toEqual({ operator: 'in', value: 'Harbour t', at: 0 })
  expect(begunOperator('has:')).toEqual({ operator: 'has', value: '', at: 0 })
  expect(['coach', 'from:amina ', 'in:"Harbour tours"', 'xfrom:a'].map(begunOperator)).toEqual([
    null,
    null,
    null,
    null,
  ])
})
