import type { ChatPatch, ChatPreference, ChatSettings } from './chat-preference.ts'

/** So many chats one member keeps at the top: more would be a second list. */
export const PINNED_CHATS_MAX = 5

/** The last instant there is: a chat that is muted until then is muted for good. */
export const MUTED_ALWAYS = 8.64e15

export const USUAL_CHAT_SETTINGS: ChatSettings = { archivedReturn: false }

/** The newest message of a conversation. */
export interface Newest {
  readonly number: number
  /** System lines up to it. */
  readonly quiet: number
}

/** What holds for a chat of which the member has not wanted anything. */
export const usualPreference = (conversationId: string): ChatPreference => ({
  conversationId,
  pinned: false,
  mutedUntil: null,
  archived: null,
  markedUnread: false,
  cleared: null,
})

/**
 * The preference after a wish: the one rule for the server and for devices that show it ahead. Who pins a chat wants to see it, and
 * who folds it away does not.
 * @param last the number of the conversation's newest message
 * @param quietUpTo system lines up to a number, not above `last`
 */
export function withPatch(
  before: ChatPreference,
  patch: ChatPatch,
  last: number,
  quietUpTo: (number: number) => number,
): ChatPreference {
  const after = { ...before }
  if (patch.mutedUntil !== undefined) after.mutedUntil = patch.mutedUntil
  if (patch.markedUnread !== undefined) after.markedUnread = patch.markedUnread
  if (patch.pinned !== undefined) after.pinned = patch.pinned
  if (patch.pinned) after.archived = null
  if (patch.archived === null) after.archived = null
  else if (patch.archived !== undefined) {
    const number = Math.min(patch.archived, last)
    after.archived = { number, quiet: quietUpTo(number) }
    after.pinned = false
  }
  const number = Math.min(patch.clearedUpTo ?? 0, last)
  if (number > (before.cleared?.number ?? 0)) after.cleared = { number, quiet: quietUpTo(number) }
  return after
}

/** Whether nobody is to be told of messages in this chat now. */
export const isMuted = (preference: Pick<ChatPreference, 'mutedUntil'> | null, now: number): boolean =>
  preference !== null && preference.mutedUntil !== null && preference.mutedUntil > now

/**
 * Whether the chat is folded away: until somebody mentions the member there or, where they want that, until any message.
 * @param mentioned the number of the newest message that mentions the member, or everybody; 0 for none
 */
export function isArchived(
  preference: Pick<ChatPreference, 'archived'> | null,
  newest: Newest | null,
  { archivedReturn }: ChatSettings,
  mentioned = 0,
): boolean {
  const since = preference?.archived
  if (!since) return false
  if (mentioned > since.number) return false
  const written = newest ? newest.number - newest.quiet : 0
  return !(archivedReturn && written > since.number - since.quiet)
}
