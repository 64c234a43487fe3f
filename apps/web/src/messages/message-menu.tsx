'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import { isWithinWindow } from '@parley/contracts/communication/rules'
import { useCommunication } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Copy, Ellipsis, Info, Pencil, Reply } from 'lucide-react'
import { IconButton } from '../controls/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../controls/menu.tsx'
import { useText } from '../text/use-text.ts'
import type { MessageActs } from './message-acts.ts'

interface MessageMenuProps {
  message: MessageView
  /** The person may write here. */
  writable: boolean
  acts: MessageActs
  onClose: () => void
}

/**
 * Everything that can be done with a message, open. First what goes on with it (answer, pass on, copy), then what the person notes of it
 * for themselves, then what changes it for all, and at last what is known of it.
 */
export function MessageMenu({ message, writable, acts, onClose }: MessageMenuProps) {
  const t = useText()
  const own = message.delivery !== 'received'
  const present = !message.deleted
  const editable = useEditable(message) && own && writable && present
  return (
    <Menu
      openAtOnce
      side="bottom"
      align={own ? 'end' : 'start'}
      label={t('message.actions')}
      onOpenChange={(open) => (open ? undefined : onClose())}
      trigger={<IconButton icon={Ellipsis} label={t('message.menu')} />}
    >
      {present && writable ? (
        <MenuItem icon={Reply} onSelect={() => acts.reply(message)}>
          {t('message.reply')}
        </MenuItem>
      ) : null}
      {present ? (
        <MenuItem icon={Copy} onSelect={() => acts.copy(message)}>
          {t('message.copy')}
        </MenuItem>
      ) : null}
      {editable ? (
        <>
          <MenuLine />
          <MenuItem icon={Pencil} onSelect={() => acts.change(message)}>
            {t('messageMenu.edit')}
          </MenuItem>
        </>
      ) : null}
      <MenuLine />
      <MenuItem icon={Info} onSelect={() => acts.info(message)}>
        {t('message.info')}
      </MenuItem>
    </Menu>
  )
}

/** Whether the organisation still lets its sender change a message. */
function useEditable({ sentAt }: MessageView): boolean {
  const { editWindow } = useCommunication()
  const now = useClient().now()
  return isWithinWindow(editWindow, sentAt, now)
}
