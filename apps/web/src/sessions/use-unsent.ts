import type { ParleyClient } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { useCallback } from 'react'
import { useText } from '../text/use-text.ts'
import '../text/words/account.ts'

interface Unsent {
  /** Waiting to be sent, and refused. */
  readonly messages: number
  readonly drafts: number
}

/** Everything that was typed here and is nowhere else. Looked up when somebody is about to leave, not all the time. */
function countUnsent(client: ParleyClient): Unsent {
  const chats = client.chats()
  const failed = chats
    .flatMap(({ conversationId }) => client.conversation(conversationId)?.messages ?? [])
    .filter(({ delivery }) => delivery === 'failed').length
  return {
    messages: client.waiting() + failed,
    drafts: chats.filter(({ draft }) => draft?.trim()).length,
  }
}

/** What signing out would lose, as a sentence; null when nothing. */
export function useUnsentSentence(): () => string | null {
  const t = useText()
  const client = useClient()
  return useCallback(() => {
    const { messages, drafts } = countUnsent(client)
    const parts = [
      messages > 0 ? t('signOutAsk.messages', { count: messages }) : '',
      drafts > 0 ? t('signOutAsk.drafts', { count: drafts }) : '',
    ].filter(Boolean)
    return parts.length > 0 ? parts.join(' ') : null
  }, [t, client])
}
