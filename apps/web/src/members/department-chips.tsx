'use client'

import { useDepartments } from '@parley/react/hooks'
import { useText } from '../text/use-text.ts'
import { compareText } from './find-members.ts'
import '../text/words/people.ts'

export function DepartmentChips({
  value,
  onChange,
}: {
  value: string | null
  onChange: (id: string | null) => void
}) {
  const t = useText()
  const departments = [...useDepartments().values()].sort((a, b) => compareText(a.name, b.name))
  if (departments.length === 0) return null
  return (
    <div className="chips beneath-head" role="group" aria-label={t('people.departments')}>
      <button type="button" className="chip" aria-pressed={value === null} onClick={() => onChange(null)}>
        {t('people.allDepartments')}
      </button>
      {departments.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="chip"
          dir="auto"
          aria-pressed={value === id}
          onClick={() => onChange(value === id ? null : id)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
