'use client'

import type { ChatRow as Chat } from '@parley/client/client-api'
import type { Notice } from '@parley/contracts/messages/notice'
import { clsx } from 'clsx'
import { useMember } from '@parley/react/hooks'
import { memo } from 'react'
import { filesText } from '../files/file-text.ts'
import { FilesIcon } from '../files/files-icon.tsx'
import { chatAddress, isPlainClick, useGo } from '../frame/navigation.ts'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { Avatar } from '../members/avatar.tsx'
import { useNoticeText } from '../messages/notice-text.ts'
import { Ticks } from '../messages/ticks.tsx'
import { useText } from '../text/use-text.ts'
import { listTime } from '../time/format.ts'
import { conversationName } from './conversation-name.ts'
import { typersText } from './typers-text.ts'

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
      {chat.group ? (
        <GroupAvatar conversationId={chat.conversationId} group={chat.group} size="l" />
      ) : (
        <Avatar member={chat.other} size="l" presence />
      )}
      <span className="col">
        <span className="top">
          <span className="name cut" dir="auto">
            {conversationName(t, chat)}
          </span>
          <time dateTime={new Date(chat.activeAt).toISOString()}>{listTime(t, chat.activeAt, now)}</time>
        </span>
        <span className="under">
          <Preview chat={chat} selected={selected} />
          {chat.mentions > 0 ? (
            <span className="pill" role="img" aria-label={t('groups.mentioned', { count: chat.mentions })}>
              @
            </span>
          ) : null}
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
  if (chat.typing) {
    return (
      <span className="prev cut typing" dir="auto">
        {chat.group ? t('chats.someTyping', typersText(t, chat.typers)) : t('chats.typing')}
      </span>
    )
  }
  if (chat.draft && !selected) {
    return (
      <span className="prev cut" dir="auto">
        <span className="draft">{t('chats.draft')}</span> {chat.draft.slice(0, 160)}
      </span>
    )
  }
  const last = chat.lastMessage
  if (!last) return <span className="prev cut">{t('chats.noMessages')}</span>
  if (last.notice) return <NoticePreview notice={last.notice} senderId={last.senderId} />
  return (
    <>
      {last.delivery === 'received' ? null : <Ticks delivery={last.delivery} />}
      <span className="prev cut" dir="auto">
        {chat.group && last.delivery === 'received' ? <Sender memberId={last.senderId} /> : null}
        {last.files.length > 0 && !last.deleted ? <FilesIcon files={last.files} /> : null}
        {last.deleted ? <i>{t('message.deleted')}</i> : last.text.slice(0, 160) || filesText(t, last.files)}
      </span>
    </>
  )
}

/** Who wrote the last message of a group. */
function Sender({ memberId }: { memberId: string }) {
  const t = useText()
  const name = useMember(memberId)?.name ?? t('chats.formerMember')
  return (
    <>
      <bdi className="who">{t('chats.said', { name })}</bdi>{' '}
    </>
  )
}

function NoticePreview({ notice, senderId }: { notice: Notice; senderId: string }) {
  return (
    <span className="prev cut" dir="auto">
      {useNoticeText()(notice, senderId)}
    </span>
  )
}
