import type { ConversationView, ParleyClient } from '@parley/client/client-api'
import type { Playable } from './player.ts'

/** The voice message right after this one, if nothing but voice messages lies between: they were spoken in one go. */
export function nextVoice(client: ParleyClient, view: ConversationView, after: string): Playable | null {
  const { conversation } = view
  const here = client.conversation(conversation.id) ?? view
  const at = here.messages.findIndex(({ id }) => id === after)
  const message = here.messages[at + 1]
  const file = message?.files.find(({ kind }) => kind === 'voice')
  if (at === -1 || !message || !file || file.gone) return null
  const copy = {
    conversationId: conversation.id,
    messageId: message.id,
    number: message.number,
    fileId: file.id,
    variant: 'content',
  } as const
  return {
    file,
    messageId: message.id,
    stream: null,
    load: async () => (await client.fileBytes(copy)) as Blob,
    next: () => nextVoice(client, view, message.id),
  }
}
