'use client'

import { Popover } from 'radix-ui'
import type { RefObject } from 'react'
import { useIsTouch } from '../controls/use-media.ts'
import { useText } from '../text/use-text.ts'
import { EmojiPanel } from './emoji-panel.tsx'

interface EmojiPopoverProps {
  anchor: RefObject<HTMLButtonElement | null>
  onPick: (emoji: string) => void
  onClose: () => void
}

export function EmojiPopover({ anchor, onPick, onClose }: EmojiPopoverProps) {
  const t = useText()
  const isTouch = useIsTouch()
  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-40 outline-0"
          aria-label={t('composer.emoji')}
          onOpenAutoFocus={(event) => (isTouch ? event.preventDefault() : undefined)}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            // The button itself closes it; a second closing would open it again.
            if (anchor.current?.contains(event.target as Node)) event.preventDefault()
          }}
        >
          <EmojiPanel onPick={onPick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
