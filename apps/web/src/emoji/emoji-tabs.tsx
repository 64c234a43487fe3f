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
import { useText } from '../text/use-text.ts'

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
  function jump(to: number) {
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
  }
  return (
    <div className="emoji-tabs" role="group" aria-label={t('composer.emojiCategories')}>
      {data.categories.map(({ index, label }) => {
        const Icon = icons[index]
        if (!Icon || !data.emojis.some(({ category }) => category === index)) return null
        return (
          <button key={index} type="button" aria-label={label} title={label} onClick={() => jump(index)}>
            <Icon className="i" />
          </button>
        )
      })}
    </div>
  )
}
