import type { Mentions } from './mentions.ts'

/** Whether a message calls this member, by name or with all; nobody calls themselves. */
export const mentionsMember = (
  { mentions, senderId }: { readonly mentions?: Mentions | undefined; readonly senderId: string },
  memberId: string,
): boolean =>
  mentions !== undefined &&
  senderId !== memberId &&
  (mentions.all === true || mentions.memberIds.includes(memberId))

/**
 * The numbers of the messages that mention a member and were not seen, rising: the one place where that is decided (Y12).
 * @param own of messages that mention the member
 * @param all of messages that mention everybody
 * @param seen the member's seen mark; sending raises it, so that what one wrote oneself is never among them
 */
export function unreadMentions(
  own: readonly number[],
  all: readonly number[],
  seen: number,
): readonly number[] {
  const numbers = new Set([...own, ...all].filter((number) => number > seen))
  return [...numbers].sort((a, b) => a - b)
}
