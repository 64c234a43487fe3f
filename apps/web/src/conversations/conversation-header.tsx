'use client'

import type { Member } from '@parley/contracts/members/member'
import { ChevronLeft, PanelRight } from 'lucide-react'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsPhone } from '../controls/use-media.ts'
import { useGoBack } from '../frame/navigation.ts'
import { Avatar } from '../members/avatar.tsx'
import { usePresenceText } from '../presence/use-presence-text.ts'
import { useText } from '../text/use-text.ts'

interface ConversationHeaderProps {
  other: Member | null
  detailsOpen: boolean
  onToggleDetails: () => void
}

export function ConversationHeader({ other, detailsOpen, onToggleDetails }: ConversationHeaderProps) {
  const t = useText()
  const goBack = useGoBack('/chats')
  // Where the list is beside it, the list has the page's first heading.
  const Title = useIsPhone() ? 'h1' : 'h2'
  const presence = usePresenceText(other)
  const name = other?.name ?? t('chats.formerMember')
  return (
    <header className="bar chat-bar">
      <IconButton
        className="phone-only"
        icon={ChevronLeft}
        flips
        label={t('chats.toChats')}
        onClick={goBack}
      />
      <Avatar member={other} presence />
      <div className="fill col who">
        <Title className="title cut" dir="auto">
          {name}
        </Title>
        <span className="cut text-xs text-ink-3">{presence}</span>
      </div>
      <IconButton
        icon={PanelRight}
        flips
        label={t('conversation.details', { name })}
        tip={t('acts.details')}
        aria-pressed={detailsOpen}
        onClick={onToggleDetails}
      />
    </header>
  )
}
