'use client'

import type { ChatRow as Chat } from '@parley/client/client-api'
import { clsx } from 'clsx'
import { memo } from 'react'
import { chatAddress, isPlainClick, useGo } from '../frame/navigation.ts'
import { Avatar } from '../members/avatar.tsx'
import { Ticks } from '../messages/ticks.tsx'
import { useText } from '../text/use-text.ts'
import { listTime } from '../time/format.ts'

interface ChatRowProps {
  chat: Chat
  index: number
  selected: boolean
  /** Reached by Tab; the others by the arrow keys. */
  reachable: boolean
  now: number
}

export const ChatRow = memo(function ChatRow({ chat, index, selected, reachable, now }: ChatRowProps) {
  const t = useText()
  const go = useGo()
  const address = chatAddress(chat.conversationId)
  return (
    <a
      className={clsx('chat-row', chat.unread > 0 && 'unread')}
      href={address}
      data-index={index}
      tabIndex={reachable ? 0 : -1}
      aria-current={selected ? 'true' : undefined}
      onClick={(event) => {
        if (!isPlainClick(event)) return
        event.preventDefault()
        go(address)
      }}
    >
      <Avatar member={chat.other} size="l" presence />
      <span className="col">
        <span className="top">
          <span className="name cut" dir="auto">
            {chat.group?.name ?? chat.other?.name ?? t('chats.formerMember')}
          </span>
          <time dateTime={new Date(chat.activeAt).toISOString()}>{listTime(t, chat.activeAt, now)}</time>
        </span>
        <span className="under">
          <Preview chat={chat} selected={selected} />
          {chat.unread > 0 ? (
            <span className="pill" role="img" aria-label={t('chats.unreadCount', { count: chat.unread })}>
              {chat.unread > 999 ? '999+' : chat.unread}
            </span>
          ) : null}
        </span>
      </span>
    </a>
  )
})

/** Typing before draft before the last message: the most alive first. A draft in the open chat is seen below anyway. */
function Preview({ chat, selected }: { chat: Chat; selected: boolean }) {
  const t = useText()
  if (chat.typing) return <span className="prev cut typing">{t('chats.typing')}</span>
  if (chat.draft && !selected) {
    return (
      <span className="prev cut" dir="auto">
        <span className="draft">{t('chats.draft')}</span> {chat.draft.slice(0, 160)}
      </span>
    )
  }
  const last = chat.lastMessage
  if (!last) return <span className="prev cut">{t('chats.noMessages')}</span>
  return (
    <>
      {last.delivery === 'received' ? null : <Ticks delivery={last.delivery} />}
      <span className="prev cut" dir="auto">
        {last.text.slice(0, 160)}
      </span>
    </>
  )
}
