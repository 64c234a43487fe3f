'use client'

import type { MessageView } from '@parley/client/client-api'
import { Copy, Ellipsis, Reply } from 'lucide-react'
import { IconButton } from '../controls/icon-button.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useText } from '../text/use-text.ts'
import type { MessageActs } from './message-acts.ts'

/** What stands in the menu is fetched when somebody comes near it. */
const MessageMenu = lazyPart(
  () => import('./message-menu.tsx').then((module) => module.MessageMenu),
  <span className="icon-btn" aria-hidden="true" />,
)

interface MessageBarProps {
  message: MessageView
  /** The person may write here. */
  writable: boolean
  acts: MessageActs
  /** Whether the menu was asked for: by its button, or by holding the message. */
  menu: boolean
  onMenu: (open: boolean) => void
}

/** Beside a message: what is done most, and everything else behind the last button. */
export function MessageBar({ message, writable, acts, menu, onMenu }: MessageBarProps) {
  const t = useText()
  const sent = message.number !== null
  return (
    <div
      className="hover-bar"
      role="toolbar"
      aria-label={t('message.actions')}
      onPointerEnter={MessageMenu.fetch}
      onFocus={MessageMenu.fetch}
    >
      {sent && writable && !message.deleted ? (
        <IconButton icon={Reply} flips label={t('message.reply')} onClick={() => acts.reply(message)} />
      ) : null}
      {sent ? null : <IconButton icon={Copy} label={t('message.copy')} onClick={() => acts.copy(message)} />}
      {!sent ? null : menu ? (
        <MessageMenu message={message} writable={writable} acts={acts} onClose={() => onMenu(false)} />
      ) : (
        <IconButton
          icon={Ellipsis}
          label={t('message.menu')}
          aria-haspopup="menu"
          aria-expanded={false}
          onClick={() => onMenu(true)}
        />
      )}
    </div>
  )
}
