'use client'

import { begunOperator } from '@parley/contracts/search/query'
import type { Ref } from 'react'
import { useText } from '../text/use-text.ts'
import '../text/words/search.ts'

interface DayInputProps {
  ref: Ref<HTMLInputElement>
  query: string
  onChange: (query: string) => void
}

/** The browser's own calendar, for the date operator that somebody is in the middle of. Never seen itself. */
export function DayInput({ ref, query, onChange }: DayInputProps) {
  const t = useText()
  return (
    <input
      ref={ref}
      type="date"
      className="day-input"
      tabIndex={-1}
      aria-label={t('search.chooseDay')}
      value=""
      onChange={(event) => {
        const begun = begunOperator(query)
        if (begun && event.target.value)
          onChange(`${query.slice(0, begun.at)}${begun.operator}:${event.target.value} `)
      }}
    />
  )
}
