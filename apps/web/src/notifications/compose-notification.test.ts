import { expect, test } from 'vitest'
import { newsWords } from '../text/en/news-words.ts'
import { composeNotification, type Told } from './compose-notification.ts'
import type { Say } from './say.ts'

const say: Say = (word, values = {}) =>
  Object.entries(values).reduce<string>(
    (text, [name, value]) => text.replaceAll(`{${name}}`, value),
    newsWords.news[word],
  )
type Shown = NonNullable<Told['shown']>
const bodyOf = (shown: Partial<Shown> | null, told: Partial<Told> = {}) =>
  composeNotification(
    {
      ...{ conversationId: 'c', number: 4, count: 1, mention: false, sentAt: 0, ...told },
      shown: shown && { group: null, sender: 'Mei', text: '', ...shown },
    },
    say,
  ).options.body
const picture = { kind: 'picture', name: '' } as const
const video = { kind: 'video', name: '' } as const
const document = { kind: 'document', name: 'Plan.pdf' } as const

test.each<[string, Shown['files']]>([
  ['Photo', [picture]],
  ['2 photos', [picture, picture]],
  ['Video', [video]],
  ['2 photos and videos', [picture, video]],
  ['Voice message, 0:12', [{ kind: 'voice', name: 'x.webm', duration: 12_400 }]],
  ['Voice message', [{ kind: 'voice', name: 'x.webm' }]],
  ['Plan.pdf', [document]],
  ['Song.mp3', [{ kind: 'audio', name: 'Song.mp3', duration: 1_000 }]],
  ['2 files', [{ kind: 'document', name: '' }, picture]],
])('a notification says %j of what came without words', (words, files) => {
  expect(bodyOf({ files })).toBe(words)
  expect(bodyOf({ files, group: 'Harbour' })).toBe(`Mei: ${words}`)
  expect(bodyOf({ files, text: 'Look' })).toBe('Look')
})

test('a notification that hides what is written tells nothing of files either', () => {
  expect(bodyOf(null)).toBe('New message')
  expect(bodyOf(null, { count: 3 })).toBe('3 new messages')
  expect(bodyOf(null, { mention: true })).toBe('You were mentioned')
})
