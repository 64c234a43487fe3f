'use client'

import { useConnection, useMe } from '@parley/react/hooks'
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'

/** The own picture at the foot of the rail, and whether this device is connected. */
export function OwnButton(props: ComponentProps<'button'>) {
  const t = useText()
  const me = useMe()
  const live = useConnection() === 'live'
  const presence = live ? t('presence.online') : t('presence.offline')
  return (
    <button
      type="button"
      {...props}
      className="me"
      aria-label={t('nav.ownMenu', { name: me?.name ?? '', presence })}
    >
      <span className={clsx(live && 'av-here')}>
        <Avatar member={me} size="sm" />
      </span>
    </button>
  )
}
