'use client'

import { AtSign } from 'lucide-react'
import { useText } from '../text/use-text.ts'

interface MentionJumpProps {
  /** How many are still to be looked at. */
  count: number
  /** The button that leads to the latest stands below it. */
  raised: boolean
  onJump: () => void
}

/** Leads from one unread mention to the next. */
export function MentionJump({ count, raised, onJump }: MentionJumpProps) {
  const t = useText()
  const label = t('groups.jumpToMention', { count })
  return (
    <button
      type="button"
      className={raised ? 'jump raised' : 'jump'}
      aria-label={label}
      title={label}
      onClick={onJump}
    >
      <span className="pill">{count}</span>
      <AtSign className="i l" />
    </button>
  )
}
