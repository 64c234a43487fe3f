'use client'

import type { Group } from '@parley/contracts/conversations/conversation'
import { clsx } from 'clsx'
import { Megaphone } from 'lucide-react'
import type { CSSProperties } from 'react'
import { hueOf, initialsOf } from '../members/appearance.ts'

interface GroupAvatarProps {
  conversationId: string
  group: Pick<Group, 'name' | 'announcementOnly'>
  size?: 's' | 'l' | 'xl'
}

/** Two letters on the group's own hue, or the megaphone of one that is for announcements. Square, so that it is told from people. */
export function GroupAvatar({ conversationId, group, size }: GroupAvatarProps) {
  return (
    <span
      className={clsx('av group', size)}
      style={{ '--h': hueOf(conversationId) } as CSSProperties}
      data-letters={group.announcementOnly ? '' : initialsOf(group.name)}
      aria-hidden="true"
    >
      {group.announcementOnly ? <Megaphone className="i" /> : null}
    </span>
  )
}
