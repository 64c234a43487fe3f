'use client'

import { hiddenOf, NOTHING_HIDDEN } from '@parley/contracts/members/privacy'
import { useCommunication, useConnection, useMe, useOwnProfile } from '@parley/react/hooks'
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'

/** The own picture at the foot of the rail, and whether others see one here from this device. */
export function OwnButton(props: ComponentProps<'button'>) {
  const t = useText()
  const me = useMe()
  const live = useConnection() === 'live'
  const privacy = useOwnProfile()?.privacy ?? NOTHING_HIDDEN
  const hidden = hiddenOf(privacy, useCommunication()).appearOffline
  const presence = !live
    ? t('presence.offline')
    : hidden
      ? t('presence.appearingOffline')
      : t('presence.online')
  return (
    <button
      type="button"
      {...props}
      className="me"
      aria-label={t('nav.ownMenu', { name: me?.name ?? '', presence })}
    >
      <span className={clsx(live && !hidden && 'av-here')}>
        <Avatar member={me} size="sm" />
      </span>
    </button>
  )
}
