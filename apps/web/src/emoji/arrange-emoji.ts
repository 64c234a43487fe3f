import type { EmojiData } from 'frimousse'

type One = EmojiData['emojis'][number]

const RECENT = -1
const RESULTS_MAX = 63

interface Wishes {
  readonly recent: readonly string[]
  readonly query: string
  readonly words: { readonly recent: string; readonly results: string }
}

/** 0 is the very name, then a name that begins so, a word of the name, a part of it, a tag; null is none of them. */
function rank({ label, tags }: One, query: string): number | null {
  const name = label.toLowerCase()
  if (name === query) return 0
  if (name.startsWith(query)) return 1
  if (name.includes(` ${query}`)) return 2
  if (tags.some((tag) => tag.toLowerCase() === query)) return 3
  if (name.includes(query)) return 4
  return tags.some((tag) => tag.toLowerCase().includes(query)) ? 5 : null
}

/** What matches, best first. The picker sorts by how many tags match, so each is given as many as its place asks for. */
function results(data: EmojiData, query: string): One[] {
  const found = data.emojis
    .flatMap((one) => {
      const place = rank(one, query)
      return place === null ? [] : [{ one, place }]
    })
    .sort((a, b) => a.place - b.place || a.one.label.length - b.one.label.length)
    .slice(0, RESULTS_MAX)
  return found.map(({ one }, index) => ({
    ...one,
    category: 0,
    tags: Array.from({ length: (RESULTS_MAX - index) * 12 }, () => query),
  }))
}

/** The whole set under its categories with those picked last before them; for a query, one list of what matches. */
export function arrangeEmoji(data: EmojiData, { recent, query, words }: Wishes): EmojiData {
  const wanted = query.trim().toLowerCase()
  if (wanted !== '') {
    return { ...data, emojis: results(data, wanted), categories: [{ index: 0, label: words.results }] }
  }
  const known = new Map(data.emojis.map((one) => [one.emoji, one]))
  const again = recent.flatMap((emoji) => known.get(emoji) ?? [])
  if (again.length === 0) return data
  return {
    ...data,
    emojis: [...again.map((one) => ({ ...one, category: RECENT })), ...data.emojis],
    categories: [{ index: RECENT, label: words.recent }, ...data.categories],
  }
}
