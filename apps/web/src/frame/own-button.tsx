'use client'

import { useMe } from '@parley/react/hooks'
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Avatar } from '../members/avatar.tsx'

/** The own picture at the foot of the rail. */
export function OwnButton({
  label,
  live,
  ...rest
}: { label: string; live: boolean } & ComponentProps<'button'>) {
  return (
    <button type="button" {...rest} className="me" aria-label={label}>
      <span className={clsx(live && 'av-here')}>
        <Avatar member={useMe()} size="sm" />
      </span>
    </button>
  )
}
