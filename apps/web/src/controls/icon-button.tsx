import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  icon: LucideIcon
  label: string
  size?: 'small'
  /** Mirrored in right-to-left pages: arrows and chevrons. */
  flips?: boolean
  /** What the tooltip says where it says more than the label. */
  tip?: string
}

export function IconButton({ icon: Icon, label, size, flips, tip, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      data-tip={tip ?? label}
      className={clsx('icon-btn', size, className)}
    >
      <Icon className={clsx('i', size === 'small' && 'm', flips && 'flips')} />
    </button>
  )
}
