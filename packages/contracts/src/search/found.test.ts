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

test('files are found by their names, together with what is written', () => {
  const one = message({ text: 'signed!', files: [BEACH, CONTRACT] })
  expect(finds(one, 'lodz signed')).toBe(true)
  expect(finds(one, 'train')).toBe(false)
  const { files } = foundPieces(one, termsOf('lodz'))
  expect(files).toEqual([
    { ...CONTRACT, ranges: [[9, 13]] },
    { ...BEACH, ranges: [] },
  ])
  expect(foundPieces(message({ text: 'no files' }), [])).not.toHaveProperty('files')
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
