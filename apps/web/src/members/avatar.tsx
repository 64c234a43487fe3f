'use client'

import { clsx } from 'clsx'
import type { Member } from '@parley/contracts/members/member'
import { usePresence } from '@parley/react/hooks'
import { useState, type CSSProperties } from 'react'
import { useText } from '../text/use-text.ts'
import { hueOf, initialsOf } from './appearance.ts'

interface AvatarProps {
  member: Member | null
  /** Of somebody who is no member. */
  name?: string | undefined
  size?: 'xs' | 's' | 'sm' | 'l' | 'xl'
  /** Shows the dot of somebody who is here. Presence has to be watched by the screen. */
  presence?: boolean
}

/** A picture, or two letters on the person's own hue. Silent to screen readers unless it shows presence. */
export function Avatar({ member, name, size, presence = false }: AvatarProps) {
  const t = useText()
  const online = usePresence(presence && member?.state === 'active' ? member.id : null)?.online ?? false
  const hue = { '--h': hueOf(member?.id ?? name ?? '') } as CSSProperties
  return (
    <span
      className={clsx('av', size, online && 'on', member?.state !== 'active' && !name && 'gone')}
      style={hue}
      data-letters={initialsOf(member?.name ?? name ?? '')}
      {...(online && member
        ? { role: 'img', 'aria-label': t('presence.personOnline', { name: member.name }) }
        : { 'aria-hidden': true })}
    >
      {member?.pictureVersion ? <Picture memberId={member.id} version={member.pictureVersion} /> : null}
    </span>
  )
}

function Picture({ memberId, version }: { memberId: string; version: string }) {
  const [broken, setBroken] = useState(false)
  if (broken) return null
  return (
    // The letters stay underneath, so that a picture that is still loading or gone leaves no hole.
    <img
      src={`/api/members/${memberId}/picture/${version}`}
      alt=""
      decoding="async"
      onError={() => setBroken(true)}
    />
  )
}
