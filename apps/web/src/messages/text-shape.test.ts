import { describe, expect, it } from 'vitest'
import { beginningOf, isFewEmoji } from './text-shape.ts'

describe('messages that are nothing but emoji', () => {
  it('are told by what a reader counts as one, up to three', () => {
    for (const text of ['🚀', '👍🏽', '👩‍👩‍👧 🎉', '🇵🇹🇯🇵', '❤️', '3️⃣', '😀😀😀'])
      expect(isFewEmoji(text), text).toBe(true)
  })

  it('are not those with words, digits or more of them', () => {
    for (const text of ['ok 👍', '3', '#', '123', '', '😀😀😀😀']) expect(isFewEmoji(text), text).toBe(false)
  })
})

describe('the beginning of a long message', () => {
  it('is asked for only when the message is very long', () => {
    expect(beginningOf('A short one')).toBeNull()
    expect(beginningOf('line\n'.repeat(20))).toBeNull()
  })

  it('ends with a whole word, and after so many lines', () => {
    const cut = beginningOf('harbour '.repeat(400)) ?? ''
    expect(cut.length).toBeLessThan(905)
    expect(cut).toMatch(/harbour…$/)
    expect(beginningOf('line\n'.repeat(60))?.split('\n')).toHaveLength(14)
  })
})
