'use client'

import { operators, valuesOf, withoutOperator, type Operator } from '@parley/contracts/search/query'
import { CalendarDays, Filter, MessageCircle, User, X, type LucideIcon } from 'lucide-react'
import { clsx } from 'clsx'
import { useText } from '../text/use-text.ts'
import '../text/words/search.ts'

const chips: readonly {
  readonly name: 'byFrom' | 'byIn' | 'byHas' | 'byDate'
  readonly icon: LucideIcon
  /** What it builds; the first by itself. */
  readonly builds: readonly [Operator, ...Operator[]]
}[] = [
  { name: 'byFrom', icon: User, builds: ['from'] },
  { name: 'byIn', icon: MessageCircle, builds: ['in'] },
  { name: 'byHas', icon: Filter, builds: ['has'] },
  { name: 'byDate', icon: CalendarDays, builds: ['on', 'after', 'before'] },
]

interface FilterChipsProps {
  query: string
  /** Without "In", inside one chat. */
  inChat?: boolean
  /** The query with an operator begun at its end, or with one taken out. */
  onChange: (query: string) => void
}

/** Chips that build the operators of a query and take them out again. What they build can as well be typed. */
export function FilterChips({ query, inChat = false, onChange }: FilterChipsProps) {
  const t = useText()
  return (
    <div className="chips filters" role="group" aria-label={t('search.filters')}>
      {chips
        .filter(({ name }) => !inChat || name !== 'byIn')
        .map(({ name, icon: Icon, builds }) => {
          const used = operators.filter((one) => builds.includes(one) && valuesOf(query, one).some(Boolean))
          const value = used.flatMap((one) => valuesOf(query, one)).join(', ')
          const on = used.length > 0
          const label = t(`search.${name}`)
          return (
            <button
              key={name}
              type="button"
              className={clsx('chip', on && 'on')}
              aria-label={on ? t('search.clearFilter', { label, value }) : label}
              onClick={() => onChange(on ? used.reduce(withoutOperator, query) : begin(query, builds[0]))}
            >
              <Icon className="i" />
              <span className="cut" dir="auto">
                {on ? value : label}
              </span>
              {on ? <X className="i" /> : null}
            </button>
          )
        })}
    </div>
  )
}

/** Begins an operator at the end, in place of one that was begun there and has no value. */
function begin(query: string, operator: Operator): string {
  const words = query.replace(/(?:^|\s)(?:from|in|has|before|after|on):$/i, '').trimEnd()
  return `${words}${words === '' ? '' : ' '}${operator}:`
}
