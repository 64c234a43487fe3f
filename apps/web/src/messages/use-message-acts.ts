import type { MessageView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { useMemo } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { fetchModule } from '../frame/fetch-module.ts'
import { messageAddress, replacePick } from '../frame/navigation.ts'
import { useText } from '../text/use-text.ts'
import type { Asked } from './message-dialog.tsx'
import type { MessageActs } from './message-acts.ts'

interface Uses {
  conversationId: string
  /** Puts a text back into the composer. */
  onEdit: (text: string) => void
  onInfo: (message: MessageView) => void
  onReply: (message: MessageView) => void
  onChange: (message: MessageView) => void
  onAsk: (asked: Asked) => void
  onSelect: (message: MessageView) => void
}

export function useMessageActs({
  conversationId,
  onEdit,
  onInfo,
  onReply,
  onChange,
  onAsk,
  onSelect,
}: Uses): MessageActs {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  return useMemo<MessageActs>(() => {
    const acts: MessageActs = {
      copy: (message) => {
        navigator.clipboard.writeText(message.text).then(
          () => say(t('message.copied')),
          () => warn(t('message.copyFailed')),
        )
      },
      info: onInfo,
      reply: onReply,
      change: onChange,
      react: (message, emoji) => void client.react(message, emoji).catch(warn),
      star: (message) => void client.starMessage(message, !message.starred).catch(warn),
      pin: (message, pinned) => void client.pinMessage(message, pinned).catch(warn),
      ask: (what, message) => onAsk({ what, messages: [message] }),
      select: onSelect,
      changeAgain: (message) => {
        if (message.refusedEdit) void client.editMessage(message, message.refusedEdit.text).catch(warn)
      },
      dropChange: (message) => {
        if (message.refusedEdit) void client.forgetRefused(message.refusedEdit.key)
      },
      jump: (number) => replacePick(messageAddress({ conversationId, number })),
      retry: (message) => void client.retry(message.id).catch(warn),
      edit: (message) => void client.takeBack(message.id).then(onEdit, warn),
      discard: (message) => void client.discard(message.id).catch(warn),
      press: (key, message, writable) =>
        void fetchModule(() => import('./act-on-key.ts')).then(({ actOnKey }) =>
          actOnKey(key, message, acts, client, writable),
        ),
    }
    return acts
  }, [t, client, say, warn, conversationId, onEdit, onInfo, onReply, onChange, onAsk, onSelect])
}
