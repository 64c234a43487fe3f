'use client'

import { CircleAlert, ChevronDown } from 'lucide-react'
import { useId, type ComponentProps, type ReactNode } from 'react'

export interface FieldShellProps {
  label: ReactNode
  error?: string | null
  hint?: ReactNode
  className?: string
}

interface Ids {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label, control, then the error or else the hint; the control is told of both. */
export function FieldShell({
  label,
  error,
  hint,
  className,
  children,
}: FieldShellProps & { children: (ids: Ids) => ReactNode }) {
  const id = useId()
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': note, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <p className="err" id={`${id}-error`}>
          <CircleAlert className="i" />
          <span>{error}</span>
        </p>
      ) : hint ? (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
    </div>
  )
}

type TextFieldProps = FieldShellProps & Omit<ComponentProps<'input'>, 'className' | 'id'>

export function TextField({ label, error, hint, className, ...input }: TextFieldProps) {
  return (
    <FieldShell {...shell({ label, error, hint, className })}>
      {(ids) => <input type="text" dir="auto" {...input} {...ids} className="input" />}
    </FieldShell>
  )
}

type AreaFieldProps = FieldShellProps & Omit<ComponentProps<'textarea'>, 'className' | 'id'>

export function AreaField({ label, error, hint, className, ...area }: AreaFieldProps) {
  return (
    <FieldShell {...shell({ label, error, hint, className })}>
      {(ids) => <textarea rows={2} dir="auto" {...area} {...ids} className="input" />}
    </FieldShell>
  )
}

type SelectFieldProps = FieldShellProps & Omit<ComponentProps<'select'>, 'className' | 'id'>

/** The browser's own list: the best one on a phone, and free of injected styles. */
export function SelectField({ label, error, hint, className, children, ...select }: SelectFieldProps) {
  return (
    <FieldShell {...shell({ label, error, hint, className })}>
      {(ids) => (
        <span className="choice">
          <select {...select} {...ids} className="input">
            {children}
          </select>
          <ChevronDown className="i m" />
        </span>
      )}
    </FieldShell>
  )
}

/** Leaves out what is undefined, as exact optional properties ask for. */
export function shell(props: {
  label: ReactNode
  error: unknown
  hint: unknown
  className: unknown
}): FieldShellProps {
  return {
    label: props.label,
    ...(typeof props.error === 'string' ? { error: props.error } : {}),
    ...(props.hint ? { hint: props.hint as ReactNode } : {}),
    ...(typeof props.className === 'string' ? { className: props.className } : {}),
  }
}
