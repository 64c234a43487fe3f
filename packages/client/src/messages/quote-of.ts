import type { Quote } from '@parley/contracts/messages/message'
import { quotedText } from '@parley/contracts/messages/quoted-text'
import type { MessageView } from '../client-api.ts'

/** A message as its answer shows it until the server has made its own quote of it. */
export function quoteOf({ id, number, senderId, text, deleted, imported, expiresAt }: MessageView): Quote {
  const author = imported?.author
  const by = { senderId, ...(typeof author === 'string' && { author }) }
  const end = expiresAt !== null && { expiresAt }
  return {
    id,
    number: number ?? 0,
    ...by,
    kind: deleted ? 'deleted' : 'text',
    text: quotedText(text),
    ...end,
  }
}
