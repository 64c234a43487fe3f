import type { ReactNode } from 'react'
import { Button } from './button.tsx'

interface FormFootProps {
  /** The form's summary or refusal. */
  message: string | null
  busy: boolean
  submit: string
  busyText: string
  children?: ReactNode
}

/** The end of a form on a card: what is wrong, beside the button it concerns. */
export function FormFoot({ message, busy, submit, busyText, children }: FormFootProps) {
  return (
    <div className="form-foot">
      <p className="say bad" role="alert">
        {message}
      </p>
      {children}
      <Button type="submit" look="primary" busy={busy}>
        {busy ? busyText : submit}
      </Button>
    </div>
  )
}
