import { describe, expect, it } from 'vitest'
import { hueOf, initialsOf } from './appearance.ts'

describe('how a person looks without a picture', () => {
  it('takes two characters as a reader counts them', () => {
    expect(initialsOf('amina')).toBe('Am')
    expect(initialsOf('ليلى')).toBe('لي')
    expect(initialsOf('👩‍👩‍👧 Ada')).toBe('👩‍👩‍👧A')
    expect(initialsOf('')).toBe('')
  })

  it('spreads ids that differ in one digit over the circle of hues', () => {
    const hues = Array.from({ length: 100 }, (_, index) =>
      hueOf(`019a0000-0000-7000-8000-${String(index).padStart(12, '0')}`),
    )
    expect(new Set(hues.map((hue) => Math.floor(hue / 30))).size).toBeGreaterThan(9)
  })
})
