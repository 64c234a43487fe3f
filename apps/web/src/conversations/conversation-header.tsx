'use client'

import type { ConversationView } from '@parley/client/client-api'
import { useChat } from '@parley/react/hooks'
import { ChevronLeft, Ellipsis, PanelRight, Search, Timer } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsPhone } from '../controls/use-media.ts'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useGoBack } from '../frame/navigation.ts'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { useGroupLine } from '../groups/use-group-line.ts'
import { Avatar } from '../members/avatar.tsx'
import { usePresenceText } from '../presence/use-presence-text.ts'
import { useText } from '../text/use-text.ts'
import { conversationName } from './conversation-name.ts'

const HeaderMenu = lazyPart(
  () => import('../chat-preferences/header-menu.tsx').then((module) => module.HeaderMenu),
  <span className="icon-btn" aria-hidden="true">
    <Ellipsis className="i" />
  </span>,
)

interface ConversationHeaderProps {
  view: ConversationView
  detailsOpen: boolean
  onToggleDetails: () => void
  finding: boolean
  onFind: () => void
}

/** While it is not known whose conversation this is: the way back, where that is not beside it. */
export const BareHeader = () => (
  <header className="bar chat-bar">
    <BackToChats />
  </header>
)

function BackToChats() {
  const t = useText()
  const goBack = useGoBack('/chats')
  return (
    <IconButton className="phone-only" icon={ChevronLeft} flips label={t('chats.toChats')} onClick={goBack} />
  )
}

export function ConversationHeader({
  view,
  detailsOpen,
  onToggleDetails,
  finding,
  onFind,
}: ConversationHeaderProps) {
  const t = useText()
  // Where the list is beside it, the list has the page's first heading.
  const Title = useIsPhone() ? 'h1' : 'h2'
  const presence = usePresenceText(view.other)
  const groupLine = useGroupLine(view)
  const name = conversationName(t, view)
  const { id, group, disappearing } = view.conversation
  const after = disappearing?.after ?? null
  return (
    <header className="bar chat-bar">
      <BackToChats />
      <div className="fill person">
        {group ? <GroupAvatar conversationId={id} group={group} /> : <Avatar member={view.other} presence />}
        <div className="fill col who">
          <Title className="title">
            {/* Its area is the picture's and the line's below as well. */}
            <button
              type="button"
              dir="auto"
              className="whole cut"
              aria-expanded={detailsOpen}
              onClick={onToggleDetails}
            >
              {name}
            </button>
          </Title>
          <span className="cut text-xs text-ink-3" dir="auto">
            {after === null ? null : (
              <Timer className="timer" role="img" aria-label={t(`conversation.disappearing${after}`)} />
            )}
            {group ? groupLine : presence}
          </span>
        </div>
      </div>
      <IconButton icon={Search} label={t('conversation.find')} aria-pressed={finding} onClick={onFind} />
      <IconButton
        className="wide-only"
        icon={PanelRight}
        flips
        label={t('conversation.details', { name })}
        tip={t('acts.details')}
        aria-pressed={detailsOpen}
        onClick={onToggleDetails}
      />
      <More conversationId={id} name={name} />
    </header>
  )
}

/** Everything else behind one button; what stands there is fetched when somebody comes near it. */
function More({ conversationId, name }: { conversationId: string; name: string }) {
  const t = useText()
  const chat = useChat(conversationId)
  const [wanted, setWanted] = useState(false)
  if (!chat) return null
  if (wanted) return <HeaderMenu chat={chat} />
  return (
    <IconButton
      icon={Ellipsis}
      label={t('chats.options', { name })}
      tip={t('message.menu')}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={HeaderMenu.fetch}
      onFocus={HeaderMenu.fetch}
      onClick={() => setWanted(true)}
    />
  )
}
