/** A day as it stands in a chat, `2025-12-31T21:41`, in the reader's manner; it is of no time zone. */
const wallDate = (wall: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${wall.slice(0, 10)}T00:00:00Z`),
  )

/** From which day to which a chat goes; `days` is `one` where that is the same. */
export function wallSpan(of: { readonly first: string; readonly last: string }) {
  const [first, last] = [wallDate(of.first), wallDate(of.last)]
  return { first, last, days: first === last ? 'one' : 'several' }
}
