import type { Quote } from '@parley/contracts/messages/message'
import { quotedText } from '@parley/contracts/messages/quoted-text'
import type { MessageView } from '../client-api.ts'

/** A message as its answer shows it until the server has made its own quote of it. */
export function quoteOf({ id, number, senderId, text, deleted }: MessageView): Quote {
  return { id, number: number ?? 0, senderId, kind: deleted ? 'deleted' : 'text', text: quotedText(text) }
}
