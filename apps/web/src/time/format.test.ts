import { expect, test } from 'vitest'
import type { Text } from '../text/use-text.ts'
import { whenWithin } from './format.ts'

const t = ((key: string) => key) as Text
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).getTime()

test('what is to come is told by its own day, and not as if it were today', () => {
  const now = at(14, 22)
  expect(whenWithin(t, at(14, 23), now)).toBe('time.inToday')
  expect(whenWithin(t, at(15, 6), now)).toBe('time.inTomorrow')
  expect(whenWithin(t, at(21, 22), now)).toBe('time.dateAt')
  expect(whenWithin(t, at(13, 22), now)).toBe('time.inYesterday')
})
