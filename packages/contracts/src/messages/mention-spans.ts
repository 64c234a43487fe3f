/** Somebody who may be called by name. */
export interface Nameable {
  readonly id: string
  readonly name: string
}

/** Where a text calls somebody: from the "@" on, `to` not included. */
export interface MentionSpan {
  readonly from: number
  readonly to: number
  /** null for everybody. */
  readonly memberIds: readonly string[] | null
}

/** What stands for everybody, in every language. */
export const ALL = 'all'

/** In small letters, and of the very same length, so that places in it are places in the text. */
function comparable(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from(text, (letter) => {
    const small = letter.toLowerCase()
    return small.length === letter.length ? small : letter
  }).join('')
}

const LETTER_FIRST = /^[\p{L}\p{N}]/u
const LETTER_LAST = /[\p{L}\p{N}]$/u

/**
 * Where a text calls people by "@" and their whole name, the longest name that fits; namesakes are all called. A name ends where no
 * letter follows, and an "@" after a letter is part of an address.
 * @param people who can be called
 * @param everybody whether "@all" calls everybody
 */
export function mentionSpans(
  text: string,
  people: Iterable<Nameable>,
  everybody: boolean,
): readonly MentionSpan[] {
  if (!text.includes('@')) return []
  const names = byName(people, everybody)
  const low = comparable(text)
  const spans: MentionSpan[] = []
  for (let at = low.indexOf('@'); at >= 0; at = low.indexOf('@', at + 1)) {
    if (LETTER_LAST.test(low.slice(Math.max(0, at - 2), at))) continue
    const name = names.find(
      (one) => low.startsWith(one.name, at + 1) && endsAt(low, at + 1 + one.name.length),
    )
    if (!name) continue
    const to = at + 1 + name.name.length
    spans.push({ from: at, to, memberIds: name.memberIds })
    at = to - 1
  }
  return spans
}

const endsAt = (text: string, at: number): boolean => !LETTER_FIRST.test(text.slice(at, at + 2))

interface Called {
  readonly name: string
  readonly memberIds: readonly string[] | null
}

/** The longest first. */
function byName(people: Iterable<Nameable>, everybody: boolean): readonly Called[] {
  const ids = new Map<string, string[]>()
  for (const { id, name } of people) {
    const key = comparable(name)
    const known = ids.get(key)
    if (known) known.push(id)
    else ids.set(key, [id])
  }
  const called: Called[] = [...ids].map(([name, memberIds]) => ({ name, memberIds }))
  if (everybody && !ids.has(ALL)) called.push({ name: ALL, memberIds: null })
  return called.sort((a, b) => b.name.length - a.name.length)
}
