import type { MessageView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useEffect, useState } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { isSendable, type Writing } from './use-writing.ts'

/**
 * What is being written in one chat: kept as the chat's draft with every keystroke, and sent from here.
 * @param replyTo the message that it answers
 */
export function useDraftText(conversationId: string, replyTo: MessageView | undefined): Writing {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const [text, setText] = useState(() => client.draft(conversationId))

  const change = useCallback(
    (next: string) => {
      setText(next)
      client.setDraft(conversationId, next)
      client.signalTyping(conversationId, next.trim() !== '')
    },
    [client, conversationId],
  )
  const stopTyping = useCallback(() => client.signalTyping(conversationId, false), [client, conversationId])

  // Another tab may write the same draft; what is under the caret here is never overwritten.
  useEffect(
    () =>
      client.subscribe(`draft:${conversationId}`, () => {
        if (!document.hasFocus()) setText(client.draft(conversationId))
      }),
    [client, conversationId],
  )
  useEffect(() => stopTyping, [stopTyping])

  const sendable = isSendable(text)
  async function send() {
    if (!sendable) return
    const sent = text
    change('')
    try {
      await client.send(conversationId, sent, replyTo && { replyTo })
    } catch {
      change(sent)
      warn(t('composer.notKept'))
    }
  }

  return { text, change, send, stopTyping, sendable }
}
