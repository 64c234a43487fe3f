import type { MessageView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { useMemo } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import type { MessageActs } from './message-row.tsx'

interface Uses {
  /** Puts a text back into the composer. */
  onEdit: (text: string) => void
  onInfo: (message: MessageView) => void
}

export function useMessageActs({ onEdit, onInfo }: Uses): MessageActs {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  return useMemo<MessageActs>(
    () => ({
      copy: (message) => {
        navigator.clipboard.writeText(message.text).then(
          () => say(t('message.copied')),
          () => warn(t('message.copyFailed')),
        )
      },
      info: onInfo,
      retry: (message) => void client.retry(message.id).catch(warn),
      edit: (message) => void client.takeBack(message.id).then(onEdit, warn),
      discard: (message) => void client.discard(message.id).catch(warn),
    }),
    [t, client, say, warn, onEdit, onInfo],
  )
}
