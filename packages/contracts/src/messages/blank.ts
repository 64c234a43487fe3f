import type { Message } from './message.ts'

/** A message of which nothing is left but its place: nobody sees it, and numbers have no gaps (Y7). */
export const blankOf = ({ id, conversationId, number, senderId, quiet, sentAt }: Message): Message => ({
  id,
  conversationId,
  number,
  senderId,
  text: '',
  notice: null,
  quiet,
  sentAt,
})

/** Whether there is nothing in it to be seen: what does not apply is absent, so that anything more is something. */
export const isBlank = (message: Message): boolean =>
  message.text === '' &&
  message.notice === null &&
  Object.keys(message).length === Object.keys(blankOf(message)).length
