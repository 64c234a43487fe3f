import { TYPING_EXPIRES_AFTER } from '@parley/contracts/conversations/bounds'
import { expect, test } from 'vitest'
import { createTypingBound, TYPERS_MAX } from './typing-bound.ts'

function crowd() {
  let now = 1_000
  const bound = createTypingBound({ now: () => now })
  const pass = (milliseconds: number) => (now += milliseconds)
  const type = (count: number, group = 'g') =>
    Array.from({ length: count }, (_, index) => bound.admits(group, `m${index}`, true)).filter(Boolean).length
  return { bound, pass, type }
}

test('Y10: of five hundred who type a few are told, and each group has its own few', () => {
  const { type } = crowd()
  expect(type(500)).toBe(TYPERS_MAX)
  expect(type(500, 'other')).toBe(TYPERS_MAX)
})

test('Y10: who is told of goes on being told of, and makes room by stopping or by silence', () => {
  const { bound, pass, type } = crowd()
  type(TYPERS_MAX)
  expect(bound.admits('g', 'm0', true)).toBe(true)
  expect(bound.admits('g', 'late', true)).toBe(false)
  expect(bound.admits('g', 'm1', false)).toBe(true)
  expect(bound.admits('g', 'm1', false)).toBe(false)
  expect(bound.admits('g', 'late', true)).toBe(true)
  pass(TYPING_EXPIRES_AFTER)
  expect(bound.admits('g', 'later', true)).toBe(true)
})
