import { Button } from '../controls/button.tsx'

interface AccountSubmitProps {
  message: string | null
  busy: boolean
  submit: string
  busyText: string
}

/** The one button of a door, as wide as its fields, and above it what is wrong. */
export function AccountSubmit({ message, busy, submit, busyText }: AccountSubmitProps) {
  return (
    <>
      <p className="say bad empty:hidden" role="alert">
        {message}
      </p>
      <Button type="submit" look="primary" size="big" busy={busy}>
        {busy ? busyText : submit}
      </Button>
    </>
  )
}
