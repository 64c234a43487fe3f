'use client'

import type { LucideIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useText } from '../text/use-text.ts'

const EmojiPanel = dynamic(() => import('./emoji-panel.tsx').then((module) => module.EmojiPanel), {
  ssr: false,
  loading: () => <div className="emoji-picker" aria-busy="true" />,
})

interface EmojiButtonProps {
  icon: LucideIcon
  onPick: (emoji: string) => void
  onClosed: () => void
}

export function EmojiButton({ icon: Icon, onPick, onClosed }: EmojiButtonProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="icon-btn" aria-label={t('composer.emoji')} title={t('composer.emoji')}>
        <Icon className="i" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-40 outline-0"
          aria-label={t('composer.emoji')}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onClosed()
          }}
        >
          <EmojiPanel
            onPick={(emoji) => {
              onPick(emoji)
              setOpen(false)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
