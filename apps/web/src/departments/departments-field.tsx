'use client'

import { useDepartments } from '@parley/react/hooks'
import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useId } from 'react'
import { compareText } from '../members/find-members.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/admin.ts'

interface DepartmentsFieldProps {
  label: string
  value: readonly string[]
  onChange: (ids: readonly string[]) => void
}

/** Any number of departments, ticked in a menu that stays open meanwhile. */
export function DepartmentsField({ label, value, onChange }: DepartmentsFieldProps) {
  const t = useText()
  const id = useId()
  const departments = [...useDepartments().values()].sort((a, b) => compareText(a.name, b.name))
  const chosen = departments.filter((department) => value.includes(department.id))
  const toggle = (departmentId: string, on: boolean) =>
    onChange(on ? [...value, departmentId] : value.filter((one) => one !== departmentId))

  return (
    <div className="field">
      <span className="label" id={id}>
        {label}
      </span>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className="input"
          aria-labelledby={`${id} ${id}-value`}
          disabled={departments.length === 0}
        >
          <span className="picked" id={`${id}-value`}>
            {chosen.length === 0 ? (
              <span className="text-ink-3">{t('adminPeople.pickDepartments')}</span>
            ) : null}
            {chosen.map((department) => (
              <span className="tag" key={department.id} dir="auto">
                {department.name}
              </span>
            ))}
          </span>
          <ChevronDown className="i m" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="menu choose"
            align="start"
            sideOffset={4}
            collisionPadding={8}
            aria-labelledby={id}
          >
            {departments.map((department) => {
              const on = value.includes(department.id)
              return (
                <DropdownMenu.CheckboxItem
                  key={department.id}
                  checked={on}
                  onCheckedChange={(next) => toggle(department.id, next)}
                  onSelect={(event) => event.preventDefault()}
                >
                  <span className={on ? 'check on' : 'check'}>{on ? <Check className="i" /> : null}</span>
                  <span className="cut" dir="auto">
                    {department.name}
                  </span>
                </DropdownMenu.CheckboxItem>
              )
            })}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}
