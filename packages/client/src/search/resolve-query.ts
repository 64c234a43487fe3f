import type { ParsedQuery } from '@parley/contracts/search/query'
import { matchesAll, termsOf, type Term } from '@parley/contracts/search/match'
import type { DeviceQuery } from './device-query.ts'

/** Whom and what a query may name, as this device knows them. */
export interface Directory {
  readonly me: string | null
  readonly members: ReadonlyMap<string, { readonly id: string; readonly name: string }>
  readonly chats: readonly { readonly conversationId: string; readonly name: string }[]
}

/** A query with everything named in it found. */
export interface ResolvedQuery extends DeviceQuery {
  readonly words: string
  readonly terms: readonly Term[]
  /** Names that nobody and nothing here has: then there is nothing to be found. */
  readonly unknown: readonly string[]
}

/** As many as the server takes. */
const FROM_MAX = 20
const IN_MAX = 50

/** Finds out who and which chats are meant: every one whose name has the words. */
export function resolveQuery(parsed: ParsedQuery, { me, members, chats }: Directory): ResolvedQuery {
  const unknown: string[] = []
  const named = (names: readonly string[], find: (name: string) => string[]): string[] => {
    const ids = names.flatMap((name) => {
      const found = find(name)
      if (found.length === 0) unknown.push(name)
      return found
    })
    return [...new Set(ids)]
  }
  const has = (name: string) => (one: { readonly name: string }) => matchesAll([one.name], termsOf(name))
  const from = named(parsed.from, (name) =>
    name.toLowerCase() === 'me' && me !== null
      ? [me]
      : [...members.values()].filter(has(name)).map(({ id }) => id),
  )
  const inside = named(parsed.in, (name) =>
    chats.filter(has(name)).map(({ conversationId }) => conversationId),
  )
  return {
    words: parsed.words,
    terms: termsOf(parsed.words),
    from: from.slice(0, FROM_MAX),
    in: inside.slice(0, IN_MAX),
    has: [...new Set(parsed.has)],
    after: parsed.after ?? 0,
    before: parsed.before ?? Number.MAX_SAFE_INTEGER,
    unknown,
  }
}

/** Whether there is anything to look for at all. */
export const asksForSomething = ({ terms, from, has, in: inside, after, before }: ResolvedQuery): boolean =>
  terms.length + from.length + has.length > 0 ||
  inside.length > 0 ||
  after > 0 ||
  before < Number.MAX_SAFE_INTEGER
