import type { ChatRow } from '@parley/client/client-api'

/** There is something in it to come back to. */
export const isUnread = ({ unread, markedUnread }: Pick<ChatRow, 'unread' | 'markedUnread'>): boolean =>
  unread > 0 || markedUnread
