import { expect, test } from 'vitest'
import { matchPeople } from './match-people.ts'

const members = [
  { id: 'mei', name: 'Mei Tanaka' },
  { id: 'ana-1', name: 'Ana Silva' },
  { id: 'ana-2', name: 'Ana Silva' },
]

test('who is a member by name is matched, however it is written; of namesakes nobody is', () => {
  const matches = matchPeople(['mei tanaka', 'Ana Silva', 'Nadia'], members)
  expect([...matches]).toEqual([
    ['mei tanaka', 'mei'],
    ['Ana Silva', null],
    ['Nadia', null],
  ])
})
