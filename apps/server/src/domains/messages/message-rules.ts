import type { Quote } from '@parley/contracts/messages/message'
import { quotedText } from '@parley/contracts/messages/quoted-text'
import type { MessageRecord } from './message.ts'

/** Whether its time has come. It is deleted for good a little later, and is nobody's to read or to do anything with until then. */
export const isExpired = ({ expiresAt }: { readonly expiresAt?: number | undefined }, now: number): boolean =>
  expiresAt !== undefined && expiresAt <= now

export const isDeleted = ({ extras }: MessageRecord): boolean => extras?.deletedAt !== undefined

/** A message as an answer shows it. */
export function quoteOf(message: MessageRecord): Quote {
  const { id, number, text } = message
  const author = message.extras?.imported?.author
  const by = { senderId: message.senderId, ...(typeof author === 'string' && { author }) }
  if (isDeleted(message)) return { id, number, ...by, kind: 'deleted', text: '' }
  const end = message.expiresAt !== undefined && { expiresAt: message.expiresAt }
  const [file] = message.extras?.files ?? []
  if (!file) return { id, number, ...by, kind: 'text', text: quotedText(text), ...end }
  const words = text === '' && file.kind === 'document' ? file.name : text
  return { id, number, ...by, kind: file.kind, text: quotedText(words), ...end }
}
