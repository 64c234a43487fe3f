'use client'

import type { EmojiData } from 'frimousse'
import {
  Car,
  Clock,
  Flag,
  Hash,
  Hand,
  Lightbulb,
  PawPrint,
  Smile,
  Trophy,
  Utensils,
  type LucideIcon,
} from 'lucide-react'
import type { RefObject } from 'react'
import { stepAlong } from '../controls/step-along.ts'
import { useText } from '../text/use-text.ts'
import { focusFirstInSight } from './step-in-grid.ts'

/** By the categories' numbers in the data; those picked last have -1. */
const icons: Readonly<Record<number, LucideIcon>> = {
  [-1]: Clock,
  0: Smile,
  1: Hand,
  3: PawPrint,
  4: Utensils,
  5: Car,
  6: Trophy,
  7: Lightbulb,
  8: Hash,
  9: Flag,
}

interface EmojiTabsProps {
  data: EmojiData
  columns: number
  viewport: RefObject<HTMLDivElement | null>
}

/** Jumps to a category. Rows have one height and so have headings, so its place is known without being drawn. */
export function EmojiTabs({ data, columns, viewport }: EmojiTabsProps) {
  const t = useText()
  function jump(to: number, byKey: boolean) {
    const box = viewport.current
    const row = box?.querySelector('.line')?.getBoundingClientRect().height
    const head = box?.querySelector('.group')?.getBoundingClientRect().height
    if (!box || row === undefined || head === undefined) return
    let top = 0
    for (const { index } of data.categories) {
      if (index === to) break
      const rows = Math.ceil(data.emojis.filter(({ category }) => category === index).length / columns)
      if (rows > 0) top += head + rows * row
    }
    box.scrollTo({ top })
    // its rows are drawn with the next frames
    if (byKey) requestAnimationFrame(() => requestAnimationFrame(() => focusFirstInSight(box)))
  }
  return (
    <div
      className="emoji-tabs"
      role="toolbar"
      aria-label={t('composer.emojiCategories')}
      onKeyDown={stepAlong}
    >
      {data.categories.map(({ index, label }) => {
        const Icon = icons[index]
        if (!Icon || !data.emojis.some(({ category }) => category === index)) return null
        return (
          <button
            key={index}
            type="button"
            aria-label={label}
            title={label}
            onClick={({ detail }) => jump(index, detail === 0)}
          >
            <Icon className="i" />
          </button>
        )
      })}
    </div>
  )
}
