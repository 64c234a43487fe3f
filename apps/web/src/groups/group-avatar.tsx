'use client'

import type { Group } from '@parley/contracts/conversations/conversation'
import { clsx } from 'clsx'
import { Megaphone } from 'lucide-react'
import { useState, type CSSProperties } from 'react'
import { hueOf, initialsOf } from '../members/appearance.ts'

interface GroupAvatarProps {
  conversationId: string
  group: Pick<Group, 'name' | 'announcementOnly' | 'pictureVersion'>
  size?: 's' | 'sm' | 'l' | 'xl'
}

/** A picture, two letters on the group's own hue, or the megaphone of one that is for announcements. Square, so that it is told from people. */
export function GroupAvatar({ conversationId, group, size }: GroupAvatarProps) {
  const { name, announcementOnly, pictureVersion } = group
  return (
    <span
      className={clsx('av group', size)}
      style={{ '--h': hueOf(conversationId) } as CSSProperties}
      data-letters={announcementOnly ? '' : initialsOf(name)}
      aria-hidden="true"
    >
      {announcementOnly ? <Megaphone className="i" /> : null}
      {pictureVersion ? (
        <Picture key={pictureVersion} conversationId={conversationId} version={pictureVersion} />
      ) : null}
    </span>
  )
}

function Picture({ conversationId, version }: { conversationId: string; version: string }) {
  const [broken, setBroken] = useState(false)
  if (broken) return null
  return (
    // What is underneath shows while it is still loading, or gone.
    <img
      src={`/api/groups/${conversationId}/picture/${version}`}
      alt=""
      decoding="async"
      onError={() => setBroken(true)}
    />
  )
}
