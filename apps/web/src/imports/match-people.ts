import type { Matches } from './people-found.tsx'

/** Who the people of a chat are by their names, where that is beyond doubt: of namesakes nobody is taken for the other. */
export function matchPeople(
  names: readonly string[],
  members: readonly { readonly id: string; readonly name: string }[],
): Matches {
  const named = Map.groupBy(members, ({ name }) => name.toLowerCase())
  return new Map(
    names.map((name) => {
      const [only, ...others] = named.get(name.toLowerCase()) ?? []
      return [name, only && others.length === 0 ? only.id : null]
    }),
  )
}
