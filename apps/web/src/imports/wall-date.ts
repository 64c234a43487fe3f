/** A day as it stands in a chat, `2025-12-31T21:41`, in the reader's manner; it is of no time zone. */
export const wallDate = (wall: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${wall.slice(0, 10)}T00:00:00Z`),
  )
