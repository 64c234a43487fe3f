'use client'

import type { MessageView } from '@parley/client/client-api'
import { Copy, Ellipsis, Reply, Smile } from 'lucide-react'
import { useRef, useState } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { stepAlong } from '../controls/step-along.ts'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useText } from '../text/use-text.ts'
import type { MessageActs } from './message-acts.ts'

/** What stands in the menu is fetched when somebody comes near it. */
const MessageMenu = lazyPart(
  () => import('./message-menu.tsx').then((module) => module.MessageMenu),
  <span className="icon-btn" aria-hidden="true">
    <Ellipsis className="i" />
  </span>,
)

const ReactPopover = lazyPart(() => import('./react-popover.tsx').then((module) => module.ReactPopover))

interface MessageBarProps {
  message: MessageView
  /** The person may write here. */
  writable: boolean
  reactable: boolean
  /** The person looks after this group. */
  admin: boolean
  acts: MessageActs
  /** Whether the menu was asked for: by its button, or by holding the message. */
  menu: boolean
  onMenu: (open: boolean) => void
}

/** Beside a message: what is done most, and everything else behind the last button. */
export function MessageBar({ message, writable, reactable, admin, acts, menu, onMenu }: MessageBarProps) {
  const t = useText()
  const sent = message.number !== null
  const present = sent && !message.deleted
  const bar = useRef<HTMLDivElement>(null)
  /** The message, once all emoji are wished for it: the bar may not be there any more. */
  const place = useRef<HTMLElement | null>(null)
  const [emoji, setEmoji] = useState(false)
  return (
    <div
      ref={bar}
      className="hover-bar"
      role="toolbar"
      aria-label={t('message.actions')}
      onPointerEnter={MessageMenu.fetch}
      onFocus={MessageMenu.fetch}
      onKeyDown={stepAlong}
    >
      {present && reactable ? <React message={message} acts={acts} /> : null}
      {present && writable ? (
        <IconButton icon={Reply} flips label={t('message.reply')} onClick={() => acts.reply(message)} />
      ) : null}
      {sent ? null : <IconButton icon={Copy} label={t('message.copy')} onClick={() => acts.copy(message)} />}
      {!sent ? null : menu ? (
        <MessageMenu
          message={message}
          writable={writable}
          reactable={reactable}
          admin={admin}
          acts={acts}
          onAllEmoji={() => {
            place.current = bar.current?.parentElement ?? null
            setEmoji(true)
          }}
          onClose={() => onMenu(false)}
        />
      ) : (
        <IconButton
          icon={Ellipsis}
          label={t('message.menu')}
          aria-haspopup="menu"
          aria-expanded={false}
          onClick={() => onMenu(true)}
        />
      )}
      {emoji ? (
        <ReactPopover
          all
          message={message}
          anchor={place}
          onClose={() => setEmoji(false)}
          onPick={(picked) => {
            acts.react(message, picked)
            setEmoji(false)
          }}
        />
      ) : null}
    </div>
  )
}

/** The emoji used most at once, others behind the next button. */
function React({ message, acts }: Pick<MessageBarProps, 'message' | 'acts'>) {
  const t = useText()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="icon-btn"
        aria-label={t('message.thumbsUp')}
        data-tip={t('message.thumbsUp')}
        onClick={() => acts.react(message, '👍')}
      >
        <span className="e">👍</span>
      </button>
      <IconButton
        ref={button}
        icon={Smile}
        label={t('message.react')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={ReactPopover.fetch}
        onClick={() => setOpen(!open)}
      />
      {open ? (
        <ReactPopover
          message={message}
          anchor={button}
          onClose={() => setOpen(false)}
          onPick={(emoji) => {
            acts.react(message, emoji)
            setOpen(false)
          }}
        />
      ) : null}
    </>
  )
}
