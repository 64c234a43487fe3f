'use client'

import type { ChatRow as Chat } from '@parley/client/client-api'
import type { Notice } from '@parley/contracts/messages/notice'
import { clsx } from 'clsx'
import { useMember } from '@parley/react/hooks'
import { filesText } from '../files/file-text.ts'
import { FilesIcon } from '../files/files-icon.tsx'
import { BellOff, ChevronDown, Pin } from 'lucide-react'
import { memo, useRef, type MouseEvent, type PointerEvent, type TouchEvent } from 'react'
import type { RowMenuAt } from '../chat-preferences/row-menu.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { chatAddress, isPlainClick, useGo } from '../frame/navigation.ts'
import { PreviewText } from '../formatting/preview-text.tsx'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { Avatar } from '../members/avatar.tsx'
import { useNoticeText } from '../messages/notice-text.ts'
import { Ticks } from '../messages/ticks.tsx'
import { useHold } from '../messages/use-hold.ts'
import { useText } from '../text/use-text.ts'
import { listTime } from '../time/format.ts'
import { conversationName } from './conversation-name.ts'
import { isUnread } from './is-unread.ts'
import { typersText } from './typers-text.ts'

interface ChatRowProps {
  chat: Chat
  index: number
  selected: boolean
  /** Reached by Tab; the others by the arrow keys. */
  reachable: boolean
  now: number
  /** Somebody asks what can be done with it. */
  onMenu: (at: RowMenuAt) => void
}

export const ChatRow = memo(function ChatRow(props: ChatRowProps) {
  const { chat, index, selected, reachable, now, onMenu } = props
  const t = useText()
  const go = useGo()
  const { row, asks, openMenu } = useAsking(chat.conversationId, onMenu)
  const address = chatAddress(chat.conversationId)
  const name = conversationName(t, chat)
  return (
    <div className="chat-item">
      <a
        ref={row}
        className={clsx('chat-row', isUnread(chat) && 'unread', chat.muted && 'muted')}
        href={address}
        data-index={index}
        draggable={false}
        tabIndex={reachable ? 0 : -1}
        aria-current={selected ? 'true' : undefined}
        {...asks}
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
              {name}
            </span>
            {chat.muted ? (
              <BellOff className="i s text-ink-3" role="img" aria-label={t('chats.muted')} />
            ) : null}
            <time dateTime={new Date(chat.activeAt).toISOString()}>{listTime(t, chat.activeAt, now)}</time>
          </span>
          <span className="under">
            <Preview chat={chat} selected={selected} />
            <Marks chat={chat} />
          </span>
        </span>
      </a>
      <IconButton
        className="row-more"
        icon={ChevronDown}
        size="small"
        label={t('chats.options', { name })}
        tip={t('message.menu')}
        data-index={index}
        tabIndex={-1}
        aria-haspopup="menu"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          openMenu(left, bottom)
        }}
      />
    </div>
  )
})

/** The ways to a row's menu beside its button: a right click, a finger held still, the keyboard's menu key. */
function useAsking(conversationId: string, onMenu: (at: RowMenuAt) => void) {
  const row = useRef<HTMLAnchorElement>(null)
  const held = useRef(false)
  const openMenu = (x: number, y: number) => {
    if (row.current) onMenu({ conversationId, x, y, row: row.current })
  }
  const openBelow = () => {
    const place = row.current?.getBoundingClientRect()
    if (place) openMenu(place.left + 24, place.bottom - 8)
  }
  const hold = useHold(() => {
    held.current = true
    openBelow()
  }, true)
  const asks = {
    ...hold,
    onPointerDown: (event: PointerEvent) => {
      held.current = false
      hold.onPointerDown(event)
    },
    onTouchEnd: (event: TouchEvent) => {
      // else the row is clicked, and the menu closed again
      if (held.current) event.preventDefault()
      held.current = false
    },
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault()
      // some browsers ask by this as well when a finger is held still
      if (held.current) return
      if (event.clientX || event.clientY) openMenu(event.clientX, event.clientY)
      else openBelow()
    },
  }
  return { row, asks, openMenu }
}

/** What is unread, and whether it is pinned. */
function Marks({ chat }: { chat: Chat }) {
  const t = useText()
  const look = clsx('pill', chat.muted && 'mute')
  return (
    <>
      {chat.mentions > 0 ? (
        <span className="pill" role="img" aria-label={t('groups.mentioned', { count: chat.mentions })}>
          @
        </span>
      ) : null}
      {chat.unread > 0 ? (
        <span className={look} role="img" aria-label={t('chats.unreadCount', { count: chat.unread })}>
          {chat.unread > 999 ? '999+' : chat.unread}
        </span>
      ) : chat.markedUnread ? (
        <span className={clsx(look, 'bare')} role="img" aria-label={t('chats.markedUnread')} />
      ) : null}
      {chat.pinned ? <Pin className="i text-ink-3" role="img" aria-label={t('chats.pinned')} /> : null}
    </>
  )
}

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
      {last.delivery === 'received' || last.imported ? null : <Ticks delivery={last.delivery} />}
      <span className="prev cut" dir="auto">
        {chat.group && last.delivery === 'received' ? (
          <Sender memberId={last.senderId} author={last.imported?.author ?? null} />
        ) : null}
        {last.files.length > 0 && !last.deleted ? <FilesIcon files={last.files} /> : null}
        {last.deleted ? (
          <i>{t('message.deleted')}</i>
        ) : last.text === '' ? (
          filesText(t, last.files)
        ) : (
          <PreviewText text={last.text.slice(0, 160)} />
        )}
      </span>
    </>
  )
}

/** Who wrote the last message of a group. */
function Sender({ memberId, author }: { memberId: string; author: string | null }) {
  const t = useText()
  const member = useMember(memberId)
  const name = author ?? member?.name ?? t('chats.formerMember')
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
