'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { Confirm } from '../controls/confirm.tsx'
import { useText } from '../text/use-text.ts'

interface HideDialogProps {
  messages: readonly MessageView[]
  onDone: () => void
  onClose: () => void
}

/** Asks once more before messages go from one's own screens for good. */
export function HideDialog({ messages, onDone, onClose }: HideDialogProps) {
  const t = useText()
  const client = useClient()
  return (
    <Confirm
      title={t('messageMenu.hideTitle', { count: messages.length })}
      lead={t('messageMenu.hideLead', { count: messages.length })}
      act={t('messageMenu.hide')}
      danger
      onConfirm={async () => {
        for (const message of messages) await client.hideMessage(message)
        onDone()
      }}
      onClose={onClose}
    />
  )
}
