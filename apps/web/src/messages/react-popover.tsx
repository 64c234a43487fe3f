'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState, type RefObject } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { stepAlong } from '../controls/step-along.ts'
import { useIsTouch } from '../controls/use-media.ts'
import { EmojiPanel } from '../emoji/emoji-panel.tsx'
import { useText } from '../text/use-text.ts'
import { QUICK_EMOJI } from './quick-emoji.ts'

interface ReactPopoverProps {
  message: MessageView
  anchor: RefObject<HTMLElement | null>
  /** All emoji from the beginning. */
  all?: boolean
  onPick: (emoji: string) => void
  onClose: () => void
}

/** Six emoji that are used most, and behind the plus all others. */
export function ReactPopover({ message, anchor, all: atOnce = false, onPick, onClose }: ReactPopoverProps) {
  const t = useText()
  const isTouch = useIsTouch()
  const [all, setAll] = useState(atOnce)
  const mine = new Set(message.reactions.filter((one) => one.mine).map(({ emoji }) => emoji))
  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal container={document.getElementById('content')}>
        <Popover.Content
          side="top"
          sideOffset={8}
          collisionPadding={8}
          className="z-40 outline-0"
          aria-label={t('message.react')}
          onOpenAutoFocus={(event) => (isTouch ? event.preventDefault() : undefined)}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (anchor.current?.contains(event.target as Node)) event.preventDefault()
          }}
        >
          {all ? (
            <EmojiPanel onPick={onPick} />
          ) : (
            <div
              className="quick-reacts"
              role="toolbar"
              aria-label={t('message.react')}
              onKeyDown={stepAlong}
            >
              {QUICK_EMOJI.map((emoji) => (
                <button
                  key={emoji}
                  type="button"
                  className={clsx('one', mine.has(emoji) && 'mine')}
                  aria-pressed={mine.has(emoji)}
                  onClick={() => onPick(emoji)}
                >
                  {emoji}
                </button>
              ))}
              <IconButton icon={Plus} label={t('messageMenu.allEmoji')} onClick={() => setAll(true)} />
            </div>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
