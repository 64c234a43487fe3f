'use client'

import { clsx } from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import { useId, type ReactNode } from 'react'

/** Rules that belong together, under what they have in common. */
export function RuleGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 className="section-head" id={id}>
        {title}
      </h2>
      <div className="card rules">{children}</div>
    </section>
  )
}

interface ChoiceRuleProps<V extends string> {
  label: string
  hint: string
  value: V
  /** Value and what it says, in the order of the list. */
  options: readonly (readonly [V, string])[]
  disabled: boolean
  onChange: (value: V) => void
}

/** One of several. */
export function ChoiceRule<V extends string>({
  label,
  hint,
  value,
  options,
  disabled,
  onChange,
}: ChoiceRuleProps<V>) {
  const id = useId()
  return (
    <div className="rule">
      <label className="col fill" htmlFor={id}>
        <span className="font-medium">{label}</span>
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      </label>
      <span className="choice">
        <select
          className="input"
          id={id}
          aria-describedby={`${id}-hint`}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value as V)}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
        <ChevronDown className="i m" />
      </span>
    </div>
  )
}

interface SwitchRuleProps {
  label: string
  /** What holds as it is now. */
  hint: string
  on: boolean
  disabled: boolean
  onChange: (on: boolean) => void
}

/** On or off; the whole row can be pressed. */
export function SwitchRule({ label, hint, on, disabled, onChange }: SwitchRuleProps) {
  const id = useId()
  return (
    <button
      type="button"
      role="switch"
      className="rule"
      aria-checked={on}
      aria-labelledby={id}
      aria-describedby={`${id}-hint`}
      disabled={disabled}
      onClick={() => onChange(!on)}
    >
      <span className="col fill">
        <span className="font-medium" id={id}>
          {label}
        </span>
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      </span>
      <span className={clsx('switch', on && 'on')} />
    </button>
  )
}

interface ManyRuleProps<V extends string> {
  label: string
  /** Said while none is chosen. */
  none: string
  values: readonly V[]
  options: readonly (readonly [V, string])[]
  disabled: boolean
  onChange: (values: V[]) => void
}

/** Any of several. */
export function ManyRule<V extends string>({
  label,
  none,
  values,
  options,
  disabled,
  onChange,
}: ManyRuleProps<V>) {
  const id = useId()
  const without = (value: V) => values.filter((other) => other !== value)
  return (
    <div className="rule many" role="group" aria-labelledby={id}>
      <span className="col fill">
        <span className="font-medium" id={id}>
          {label}
        </span>
        {values.length === 0 ? <span className="hint">{none}</span> : null}
      </span>
      <span className="kinds">
        {options.map(([value, text]) => {
          const on = values.includes(value)
          return (
            <button
              key={value}
              type="button"
              role="checkbox"
              className="kind"
              aria-checked={on}
              disabled={disabled}
              onClick={() => onChange(on ? without(value) : [...values, value])}
            >
              <span className={clsx('check', on && 'on')}>{on ? <Check className="i" /> : null}</span>
              {text}
            </button>
          )
        })}
      </span>
    </div>
  )
}
