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

/**
 * How many messages a participant has not seen: the one place where unread is computed (Y12). Numbers in a conversation
 * have no gaps (Y7) and sending raises the sender's own mark, so a difference is enough; system lines have numbers, but are
 * never unread.
 * @param newest the newest message; null in an empty conversation
 * @param mark the participant's seen mark
 */
export const unreadCount = (newest: Newest | null, mark: Read): number =>
  newest ? Math.max(0, newest.number - newest.quiet - (mark.seen - mark.quiet)) : 0
