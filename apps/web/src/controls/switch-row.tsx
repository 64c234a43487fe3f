'use client'

import { clsx } from 'clsx'
import { useId } from 'react'

interface SwitchRowProps {
  label: string
  /** What holds as it is set now. */
  hint: string
  on: boolean
  disabled?: boolean
  onChange: (on: boolean) => void
}

/** A setting that is on or off at once, with the sentence that says what this means. */
export function SwitchRow({ label, hint, on, disabled = false, onChange }: SwitchRowProps) {
  const id = useId()
  return (
    <button
      type="button"
      role="switch"
      className="switch-row"
      aria-checked={on}
      aria-labelledby={id}
      aria-describedby={`${id}-hint`}
      disabled={disabled}
      onClick={() => onChange(!on)}
    >
      <span className="col fill">
        <span id={id}>{label}</span>
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      </span>
      <span className={clsx('switch', on && 'on')} />
    </button>
  )
}
