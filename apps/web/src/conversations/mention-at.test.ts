import type { Member } from '@parley/contracts/members/member'
import { expect, test } from 'vitest'
import { candidatesFor, mentionAt } from './mention-at.ts'

const people = ['Mei', 'Tomás', 'Anna Meier', 'Álvaro'].map((name) => ({ id: name, name }) as Member)
const names = (query: string) => candidatesFor(people, query).map((one) => one?.name ?? '@all')

test('a name is being typed after an @ that begins a word, up to the caret', () => {
  expect(mentionAt('hello @me', 9)).toEqual({ from: 6, query: 'me' })
  expect(mentionAt('hello @me and more', 7)).toEqual({ from: 6, query: '' })
  expect(mentionAt('(@Anna Me', 9)).toEqual({ from: 1, query: 'Anna Me' })
  for (const text of ['mail@me', 'hello', '@mei\nnext']) expect(mentionAt(text, text.length), text).toBeNull()
})

test('who may be meant is found without accents, whole names first and everybody last', () => {
  expect(names('me')).toEqual(['Mei', 'Anna Meier'])
  expect(names('tomas')).toEqual(['Tomás'])
  expect(names('a')).toEqual(['Álvaro', 'Anna Meier', '@all'])
  expect(names('')).toEqual(['Álvaro', 'Anna Meier', 'Mei', 'Tomás', '@all'])
  expect(names('mei ')).toEqual([])
})
