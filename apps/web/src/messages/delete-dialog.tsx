'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { Confirm } from '../controls/confirm.tsx'
import { useText } from '../text/use-text.ts'

interface DeleteDialogProps {
  messages: readonly MessageView[]
  onDone: () => void
  onClose: () => void
}

/** Asks once more before messages go from everybody's screen. */
export function DeleteDialog({ messages, onDone, onClose }: DeleteDialogProps) {
  const t = useText()
  const client = useClient()
  return (
    <Confirm
      title={t('messageMenu.deleteTitle', { count: messages.length })}
      lead={t('messageMenu.deleteLead', { count: messages.length })}
      act={t('messageMenu.delete')}
      danger
      onConfirm={async () => {
        for (const message of messages) await client.deleteMessage(message)
        onDone()
      }}
      onClose={onClose}
    />
  )
}
