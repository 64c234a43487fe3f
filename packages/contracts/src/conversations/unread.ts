/**
 * How many messages a participant has not seen: the one place where unread is computed (Y12). Numbers in a conversation
 * have no gaps (Y7) and sending raises the sender's own mark, so a difference is enough.
 * @param lastNumber the number of the newest message, 0 in an empty conversation
 * @param seen the participant's seen mark
 */
export const unreadCount = (lastNumber: number, seen: number): number => Math.max(0, lastNumber - seen)
