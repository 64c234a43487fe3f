'use client'

import {
  defaultEmojiDataResolver,
  EmojiPicker,
  type EmojiData,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from 'frimousse'
import { Search } from 'lucide-react'
import { useRef, useState, type CSSProperties } from 'react'
import { useIsTouch } from '../controls/use-media.ts'
import { useText } from '../text/use-text.ts'
import { arrangeEmoji } from './arrange-emoji.ts'
import { EmojiTabs } from './emoji-tabs.tsx'
import { recentEmoji, rememberEmoji } from './recent-emoji.ts'
import { shownHere } from './shown-here.ts'
import { stepInGrid } from './step-in-grid.ts'

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

const FINGER = 44
const columnsFor = (isTouch: boolean) =>
  isTouch ? Math.floor((Math.min(352, innerWidth - 24) - 16) / FINGER) : 9

/** All emoji, from this server: those picked last, the categories, and by name. */
export function EmojiPanel({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useText()
  const isTouch = useIsTouch()
  const viewport = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [recent] = useState(recentEmoji)
  const [arranged, setArranged] = useState<EmojiData | null>(null)
  const columns = columnsFor(isTouch)
  return (
    <EmojiPicker.Root
      className="emoji-picker"
      style={{ '--columns': columns } as CSSProperties}
      columns={columns}
      onKeyDown={stepInGrid}
      locale="en"
      // What is looked for is part of the address: a new one makes the picker ask again.
      emojibaseUrl={`/emoji?${query}`}
      resolveEmojiData={async (locale, { signal }) => {
        const all = await defaultEmojiDataResolver(locale, {
          emojibaseUrl: '/emoji',
          ...(signal ? { signal } : {}),
        })
        const words = { recent: t('composer.emojiRecent'), results: t('composer.emojiFound') }
        const next = arrangeEmoji(shownHere(all), { recent, query, words })
        setArranged(next)
        return next
      }}
      onEmojiSelect={({ emoji }) => {
        rememberEmoji(emoji)
        onPick(emoji)
      }}
    >
      <label className="search">
        <Search className="i" />
        <EmojiPicker.Search
          // A finger's keyboard would leave no room for the emoji.
          autoFocus={!isTouch}
          aria-label={t('composer.emojiSearch')}
          placeholder={t('composer.emojiSearch')}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      {arranged && query.trim() === '' ? (
        <EmojiTabs data={arranged} columns={columns} viewport={viewport} />
      ) : null}
      <EmojiPicker.Viewport ref={viewport}>
        <EmojiPicker.Loading className="hint">{t('composer.emojiLoading')}</EmojiPicker.Loading>
        <EmojiPicker.Empty className="hint">{t('composer.emojiNone')}</EmojiPicker.Empty>
        <EmojiPicker.List components={parts} />
      </EmojiPicker.Viewport>
    </EmojiPicker.Root>
  )
}
