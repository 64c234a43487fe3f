'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import { isWithinWindow } from '@parley/contracts/communication/rules'
import { useCommunication } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Copy, EyeOff, Forward, Star, StarOff, Trash2, X } from 'lucide-react'
import { useEffect } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { stepAlong } from '../controls/step-along.ts'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { isForwardable } from './is-forwardable.ts'
import type { Asked } from './message-dialog.tsx'

interface SelectionBarProps {
  /** Oldest first. */
  messages: readonly MessageView[]
  /** The person looks after this group. */
  admin: boolean
  onAsk: (asked: Asked) => void
  onClose: () => void
}

/** In the composer's place while messages are being chosen: what can be done with all of them. */
export function SelectionBar({ messages, admin, onAsk, onClose }: SelectionBarProps) {
  const t = useText()
  const { say, warn } = useToasts()
  const { deleteWindow } = useCommunication()
  const client = useClient()
  const now = client.now()
  const present = messages.filter(({ deleted, number }) => !deleted && number !== null)
  const isDeletable = ({ delivery, sentAt }: MessageView) =>
    (delivery !== 'received' || admin) && isWithinWindow(deleteWindow, sentAt, now)
  const none = present.length === 0
  const forwardable = present.filter(isForwardable)
  const allStarred = !none && present.every(({ starred }) => starred)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('[role="dialog"], [role="menu"]')) return
      event.preventDefault()
      onClose()
    }
    // before the panes beside it hear of it
    addEventListener('keydown', onKeyDown, true)
    return () => removeEventListener('keydown', onKeyDown, true)
  }, [onClose])
  function star() {
    for (const message of present) void client.starMessage(message, !allStarred).catch(warn)
    onClose()
  }
  function copy() {
    navigator.clipboard.writeText(present.map(({ text }) => text).join('\n')).then(
      () => {
        say(t('message.copied'))
        onClose()
      },
      () => warn(t('message.copyFailed')),
    )
  }
  return (
    <div className="compose">
      <div
        className="selection-bar"
        role="toolbar"
        aria-label={t('messageMenu.selection')}
        onKeyDown={stepAlong}
      >
        <IconButton icon={X} label={t('messageMenu.stopSelecting')} onClick={onClose} />
        <span className="fill" role="status">
          {t('messageMenu.selected', { count: messages.length })}
        </span>
        <IconButton icon={Copy} label={t('messageMenu.copyAll')} disabled={none} onClick={copy} />
        <IconButton
          icon={Forward}
          flips
          label={t('messageMenu.forward')}
          disabled={forwardable.length === 0}
          onClick={() => onAsk({ what: 'forward', messages: forwardable })}
        />
        <IconButton
          icon={allStarred ? StarOff : Star}
          label={t(allStarred ? 'messageMenu.unstar' : 'messageMenu.star')}
          disabled={none}
          onClick={star}
        />
        <IconButton
          icon={EyeOff}
          label={t('messageMenu.hide')}
          disabled={messages.length === 0}
          onClick={() => onAsk({ what: 'hide', messages: messages.filter(({ number }) => number !== null) })}
        />
        <IconButton
          icon={Trash2}
          label={t('messageMenu.delete')}
          disabled={none || !present.every(isDeletable)}
          onClick={() => onAsk({ what: 'delete', messages: present })}
        />
      </div>
    </div>
  )
}
