import { clsx } from 'clsx'
import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger' | 'danger-plain'
  size?: 'small' | 'big'
  icon?: LucideIcon
  /** Shows that it works on it and takes no second press. */
  busy?: boolean
}

export function Button({
  look = 'plain',
  size,
  icon: Icon,
  busy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  const Shown = busy ? LoaderCircle : Icon
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={clsx('btn', look, size, busy && 'busy', className)}
    >
      {Shown ? <Shown className="i" /> : null}
      {children}
    </button>
  )
}
