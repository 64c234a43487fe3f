import type { Message } from '@parley/contracts/messages/message'
import type { ChangeFor } from '@parley/contracts/sync/change'
import { ofConversation } from '../../kernel/audiences.ts'
import { newestSeqOf, type MessageExtras, type MessageRecord } from './message.ts'

export const presentMessage = (message: MessageRecord): Message => {
  const presented: Message = {
    id: message.id,
    conversationId: message.conversationId,
    number: message.number,
    senderId: message.senderId,
    text: message.text,
    notice: message.notice,
    quiet: message.quiet,
    sentAt: message.sentAt,
  }
  if (!message.extras && !message.expiresAt) return presented
  return {
    ...presented,
    ...(message.extras && presentExtras(message.extras)),
    ...(message.expiresAt && { expiresAt: message.expiresAt }),
  }
}

/** What does not apply is absent. */
const presentExtras = ({
  replyTo,
  forwarded,
  mentions,
  linkPreview,
  files,
  imported,
  editedAt,
  deletedAt,
}: MessageExtras) => ({
  ...(replyTo && { replyTo }),
  ...(forwarded && { forwarded }),
  ...(mentions && { mentions }),
  ...(linkPreview && { linkPreview }),
  ...(files && { files: [...files] }),
  ...(imported && { imported }),
  ...(editedAt !== undefined && { editedAt }),
  ...(deletedAt !== undefined && { deletedAt }),
})

/**
 * A stored message as its newest change. `prev` is 0: it is checked on live changes only (Y2).
 */
export const presentMessageChange = (message: MessageRecord): ChangeFor<'message'> => ({
  seq: newestSeqOf(message),
  audience: ofConversation(message.conversationId),
  prev: 0,
  kind: 'message',
  id: message.id,
  data: presentMessage(message),
})

/** A stored message as the change with which it was sent; what has become of it since, if anything, is told by an entry of the feed. */
export const presentSending = (message: MessageRecord): ChangeFor<'message'> => ({
  ...presentMessageChange(message),
  seq: message.seq,
})
