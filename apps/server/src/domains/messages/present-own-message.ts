import type { OwnMessage } from '@parley/contracts/messages/own-message'
import type { OwnMessageRecord } from './own-message.ts'

/** To the member alone whose it is. */
export const presentOwnMessage = (note: OwnMessageRecord): OwnMessage => ({
  conversationId: note.conversationId,
  messageId: note.messageId,
  number: note.number,
  starredAt: note.starredAt,
  hidden: note.hidden,
})
