'use client'

import { Smile } from 'lucide-react'
import { useRef, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { lazyPart } from '../frame/lazy-part.tsx'

const EmojiPopover = lazyPart(() => import('./emoji-popover.tsx').then((module) => module.EmojiPopover))

interface EmojiButtonProps {
  onPick: (emoji: string) => void
  onClosed: () => void
}

export function EmojiButton({ onPick, onClosed }: EmojiButtonProps) {
  const t = useText()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  function close() {
    setOpen(false)
    onClosed()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="icon-btn"
        aria-label={t('composer.emoji')}
        data-tip={t('composer.emoji')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => (open ? close() : setOpen(true))}
      >
        <Smile className="i" />
      </button>
      {open ? (
        <EmojiPopover
          anchor={button}
          onClose={close}
          onPick={(emoji) => {
            onPick(emoji)
            close()
          }}
        />
      ) : null}
    </>
  )
}
