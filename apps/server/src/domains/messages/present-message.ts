import type { Message } from '@parley/contracts/messages/message'
import type { ChangeFor } from '@parley/contracts/sync/change'
import { ofConversation } from '../../kernel/audiences.ts'
import type { MessageRecord } from './message.ts'

export const presentMessage = (message: MessageRecord): Message => ({
  id: message.id,
  conversationId: message.conversationId,
  number: message.number,
  senderId: message.senderId,
  text: message.text,
  notice: message.notice,
  quiet: message.quiet,
  sentAt: message.sentAt,
})

/**
 * A stored message as the change that recorded it. `prev` is 0: it is checked on live changes only (Y2).
 */
export const presentMessageChange = (message: MessageRecord): ChangeFor<'message'> => ({
  seq: message.seq,
  audience: ofConversation(message.conversationId),
  prev: 0,
  kind: 'message',
  id: message.id,
  data: presentMessage(message),
})
