import { expect, test } from 'vitest'
import { MENTIONED_MAX } from './bounds.ts'
import { findMentions } from './find-mentions.ts'
import { mentionSpans } from './mention-spans.ts'
import { mentionsMember, unreadMentions } from './unread-mentions.ts'

const people = [
  { id: 'mei', name: 'Mei' },
  { id: 'meilin', name: 'Mei Lin' },
  { id: 'luca', name: 'Luca' },
  { id: 'layla', name: 'ليلى' },
  { id: 'other', name: 'luca' },
]

const called = (text: string, everybody = true) =>
  mentionSpans(text, people, everybody).map(({ from, to, memberIds }) => [text.slice(from, to), memberIds])

test('a text calls who is named in whole after an @, whatever the case, the longest name first', () => {
  expect(called('@Mei, and @mei lin!')).toEqual([
    ['@Mei', ['mei']],
    ['@mei lin', ['meilin']],
  ])
  expect(called('(@Mei)')).toEqual([['@Mei', ['mei']]])
  expect(called('مرحبا @ليلى')).toEqual([['@ليلى', ['layla']]])
})

test('namesakes are all called, and @all calls everybody where that is meant', () => {
  expect(called('@LUCA')).toEqual([['@LUCA', ['luca', 'other']]])
  expect(called('@all')).toEqual([['@all', null]])
  expect(called('@all', false)).toEqual([])
})

test('part of a name, an e-mail address and a longer word call nobody', () => {
  for (const text of ['@Me', '@Meinhard', 'mei@mei.example', 'Mei', '@', '@@', '@allow', 'é@mei'])
    expect(called(text), text).toEqual([])
})

test('letters that grow when they are made small do not shift what follows', () => {
  expect(called('İİ @Mei')).toEqual([['@Mei', ['mei']]])
})

test('of a text it is said whom it calls, each once, and nothing where it calls nobody', () => {
  expect(findMentions('@Mei @mei @all', people)).toEqual({ memberIds: ['mei'], all: true })
  expect(findMentions('hello', people)).toBeUndefined()
  const crowd = Array.from({ length: MENTIONED_MAX + 5 }, (_, index) => ({
    id: `${index}`,
    name: `n${index}x`,
  }))
  const text = crowd.map(({ name }) => `@${name}`).join(' ')
  expect(findMentions(text, crowd)?.memberIds).toHaveLength(MENTIONED_MAX)
})

test('Y12: unread mentions are those beyond the seen mark, by name or of all, each once and rising', () => {
  expect(unreadMentions([3, 9, 7], [7, 2, 12], 3)).toEqual([7, 9, 12])
  expect(unreadMentions([], [], 0)).toEqual([])
})

test('a message mentions who is named or everybody, and nobody by what they wrote themselves', () => {
  const mentions = { memberIds: ['mei'] }
  expect(mentionsMember({ mentions, senderId: 'luca' }, 'mei')).toBe(true)
  expect(mentionsMember({ mentions, senderId: 'mei' }, 'mei')).toBe(false)
  expect(mentionsMember({ mentions, senderId: 'mei' }, 'luca')).toBe(false)
  expect(mentionsMember({ mentions: { memberIds: [], all: true }, senderId: 'mei' }, 'luca')).toBe(true)
  expect(mentionsMember({ senderId: 'mei' }, 'luca')).toBe(false)
})
