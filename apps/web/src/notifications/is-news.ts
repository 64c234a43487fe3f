import type { ChatRow } from '@parley/client/client-api'

/**
 * Whether what was told of a chat may still be shown: it is there, something in it is unread, and the message that was told of has been neither
 * deleted nor purged.
 * @param number of that message
 */
export function isNews(chat: Pick<ChatRow, 'unread' | 'lastMessage'> | undefined, number: number): boolean {
  if (!chat || chat.unread === 0) return false
  const last = chat.lastMessage
  // what came after it took its place; without that, it is the last itself
  if (!last || last.number === null || last.number > number) return true
  return last.number === number && !last.deleted
}
