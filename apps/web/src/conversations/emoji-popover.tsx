'use client'

import {
  EmojiPicker,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from 'frimousse'
import { Search } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { RefObject } from 'react'
import { useText } from '../text/use-text.ts'

const parts = {
  CategoryHeader: ({ category, ...props }: EmojiPickerListCategoryHeaderProps) => (
    <div {...props} className="group">
      {category.label}
    </div>
  ),
  // The library counts rows and columns from 0, ARIA from 1.
  Row: (props: EmojiPickerListRowProps) => (
    <div {...props} aria-rowindex={Number(props['aria-rowindex']) + 1} className="line" />
  ),
  Emoji: ({ emoji, ...props }: EmojiPickerListEmojiProps) => (
    <button {...props} aria-colindex={Number(props['aria-colindex']) + 1} type="button" className="one">
      {emoji.emoji}
    </button>
  ),
}

interface EmojiPopoverProps {
  anchor: RefObject<HTMLButtonElement | null>
  onPick: (emoji: string) => void
  onClose: () => void
}

export function EmojiPopover({ anchor, onPick, onClose }: EmojiPopoverProps) {
  const t = useText()
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

/** All emoji, from this server; the names are searched. */
function EmojiPanel({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useText()
  return (
    <EmojiPicker.Root
      className="emoji-picker"
      columns={9}
      locale="en"
      emojibaseUrl="/emoji"
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <label className="search">
        <Search className="i" />
        <EmojiPicker.Search
          autoFocus
          aria-label={t('composer.emojiSearch')}
          placeholder={t('composer.emojiSearch')}
        />
      </label>
      <EmojiPicker.Viewport>
        <EmojiPicker.Loading className="hint">{t('composer.emojiLoading')}</EmojiPicker.Loading>
        <EmojiPicker.Empty className="hint">{t('composer.emojiNone')}</EmojiPicker.Empty>
        <EmojiPicker.List components={parts} />
      </EmojiPicker.Viewport>
      <footer>
        <EmojiPicker.ActiveEmoji>
          {({ emoji }) => (
            <span className="cut">{emoji ? `${emoji.emoji} ${emoji.label}` : t('composer.emojiHint')}</span>
          )}
        </EmojiPicker.ActiveEmoji>
      </footer>
    </EmojiPicker.Root>
  )
}
