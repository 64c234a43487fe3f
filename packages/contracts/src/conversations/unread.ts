interface Read {
  readonly seen: number
  /** System lines up to `seen`. */
  readonly quiet: number
}

interface Newest {
  readonly number: number
  /** System lines up to `number`. */
  readonly quiet: number
}

/** What a participant has cleared away; see `chatPreference`. */
interface Cleared {
  readonly number: number
  readonly quiet: number
}

/**
 * How many messages a participant has not seen: the one place where unread is computed (Y12). Numbers in a conversation
 * have no gaps (Y7) and sending raises the sender's own mark, so a difference is enough; system lines have numbers, but are
 * never unread.
 * @param newest the newest message; null in an empty conversation
 * @param mark the participant's seen mark
 * @param cleared what they have cleared away counts as seen; null for nothing
 * @param gone how many of those that would be unread have disappeared
 */
export function unreadCount(
  newest: Newest | null,
  mark: Read,
  cleared: Cleared | null = null,
  gone = 0,
): number {
  if (!newest) return 0
  const read = Math.max(mark.seen - mark.quiet, cleared ? cleared.number - cleared.quiet : 0)
  return Math.max(0, newest.number - newest.quiet - read - gone)
}
