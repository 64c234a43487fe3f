import type { EmojiData } from 'frimousse'
import { describe, expect, it } from 'vitest'
import { arrangeEmoji } from './arrange-emoji.ts'

const one = (emoji: string, label: string, category: number, ...tags: string[]) => ({
  emoji,
  label,
  category,
  tags,
  version: 1,
})
const data: EmojiData = {
  locale: 'en',
  emojis: [
    one('👩‍🚀', 'Woman astronaut', 1, 'rocket', 'space'),
    one('🛰️', 'Rocket launch pad', 2, 'rocket'),
    one('🚀', 'Rocket', 2, 'launch'),
  ],
  categories: [
    { index: 1, label: 'People' },
    { index: 2, label: 'Travel' },
  ],
  skinTones: { dark: '', light: '', medium: '', 'medium-dark': '', 'medium-light': '' },
}
const words = { recent: 'Recent', results: 'Found' }
const shown = (arranged: EmojiData) => arranged.emojis.map(({ emoji }) => emoji)

describe('emoji, arranged', () => {
  it('finds the very name first, then names, then tags, in one list', () => {
    const found = arrangeEmoji(data, { recent: [], query: ' Rocket', words })
    expect(shown(found)).toEqual(['🚀', '🛰️', '👩‍🚀'])
    expect(found.categories).toHaveLength(1)
  })

  it('puts those picked last before all others, and forgets what it does not know', () => {
    const arranged = arrangeEmoji(data, { recent: ['🚀', 'x'], query: '', words })
    expect(shown(arranged)).toEqual(['🚀', '👩‍🚀', '🛰️', '🚀'])
    expect(arranged.categories[0]?.label).toBe('Recent')
  })

  it('leaves the set as it is where nothing was picked yet', () => {
    expect(arrangeEmoji(data, { recent: [], query: '', words })).toBe(data)
  })
})
