import type { MessageView } from '@parley/client/client-api'
import type { About } from './use-writing.ts'

/**
 * What is written about, as it is by now: of what was deleted meanwhile only its place is answered, and what has disappeared is not
 * answered any more, so that what is written stands for itself.
 * @param shown the messages of the chat that are held; another one is taken for what it was
 * @param now the server's time
 */
export function aboutNow(about: About | null, shown: readonly MessageView[], now: number): About | null {
  if (about?.kind !== 'reply') return about
  const message = shown.find(({ id }) => id === about.message.id) ?? about.message
  return message.expiresAt !== null && message.expiresAt <= now ? null : { kind: 'reply', message }
}
