import type { Member } from '@parley/contracts/members/member'
import type { Notice } from '@parley/contracts/messages/notice'
import { createTranslator } from 'use-intl'
import { expect, test } from 'vitest'
import { en } from '../text/en/en.ts'
import { noticeText } from './notice-text.ts'

const t = createTranslator({ locale: 'en', messages: en })
const named = (id: string, name: string) => [id, { id, name }] as const
const members = new Map(
  [
    named('amina', 'Amina'),
    named('luis', 'Luis'),
    named('mei', 'Mei'),
    named('luca', 'Luca'),
    named('kenji', 'Kenji'),
    named('layla', 'ليلى'),
  ].map(([id, member]) => [id, member as Member]),
)

type Given = Pick<Notice, 'what'> & Partial<Omit<Notice, 'memberIds'>> & { memberIds?: readonly string[] }

const line = (senderId: string, given: Given, me: string) => {
  const { memberIds = [] } = given
  const count = memberIds.length
  const notice: Notice = { count, name: null, setting: null, ...given, memberIds: [...memberIds] }
  return noticeText(t, notice, senderId, { me, members })
}

test('a system line says who did what to whom, and says "you" to oneself', () => {
  const added = { what: 'added', memberIds: ['luis'] } as const
  expect(line('amina', added, 'mei')).toBe('Amina added Luis')
  expect(line('amina', added, 'amina')).toBe('You added Luis')
  expect(line('amina', added, 'luis')).toBe('Amina added you')
  expect(line('amina', { what: 'left' }, 'mei')).toBe('Amina left')
  expect(line('amina', { what: 'renamed', name: 'Harbour' }, 'amina')).toBe(
    'You renamed the group to “Harbour”',
  )
  expect(line('amina', { what: 'demoted', memberIds: ['mei'] }, 'mei')).toBe(
    'Amina removed you as group admin',
  )
})

test('of many people a system line names three and counts the others, and puts oneself first', () => {
  const some = ['luis', 'mei', 'luca', 'kenji']
  expect(line('amina', { what: 'added', memberIds: some.slice(0, 3) }, 'x')).toBe(
    'Amina added Luis, Mei and Luca',
  )
  expect(line('amina', { what: 'added', memberIds: some }, 'x'), 'nobody is the one other').toBe(
    'Amina added Luis, Mei, Luca and Kenji',
  )
  expect(line('amina', { what: 'added', memberIds: some, count: 6 }, 'kenji')).toBe(
    'Amina added you, Luis, Mei and 3 others',
  )
})

test('a system line tells of each setting, and keeps a name that is written the other way apart', () => {
  const setting = { name: 'announcementOnly', on: true } as const
  expect(line('layla', { what: 'settings', setting }, 'x')).toBe(
    '\u2068ليلى\u2069 allowed only group admins to write',
  )
  const off = { name: 'newcomersSeeHistory', on: false } as const
  expect(line('amina', { what: 'settings', setting: off }, 'amina')).toBe(
    'You hid from newcomers what was written before',
  )
})

test.each([
  [86_400, 'You set messages to disappear after 24 hours'],
  [7_776_000, 'You set messages to disappear after 90 days'],
  [null, 'You turned off disappearing messages'],
])('a system line says after what time messages disappear (%s)', (after, expected) => {
  expect(line('amina', { what: 'disappearing', after }, 'amina')).toBe(expected)
})

test('of a chat that was imported it says how much, and what it was called', () => {
  const imported = { what: 'imported', name: 'Harbour', count: 12 } as const
  expect(line('amina', imported, 'mei')).toBe('Amina imported 12 messages from WhatsApp (Harbour)')
  expect(line('amina', { ...imported, name: null, count: 1 }, 'amina')).toBe(
    'You imported 1 message from WhatsApp',
  )
})
