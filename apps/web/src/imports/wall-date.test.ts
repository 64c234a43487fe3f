import { expect, test } from 'vitest'
import { wallSpan } from './wall-date.ts'

test('a chat of one day says that day once', () => {
  const [day, next] = ['2025-12-31', '2026-01-01']
  expect(wallSpan({ first: `${day}T00:00`, last: `${day}T23:59` }).days).toBe('one')
  const two = wallSpan({ first: `${day}T23:59`, last: `${next}T00:00` })
  expect([two.days, two.first === two.last]).toEqual(['several', false])
})
