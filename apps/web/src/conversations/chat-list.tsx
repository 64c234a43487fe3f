'use client'

import { useChats, useWatchPresence } from '@parley/react/hooks'
import { MessageCircle, SquarePen } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { useOpeners } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { ChatRows } from './chat-rows.tsx'
import { isUnread } from './is-unread.ts'

const WATCHED = 200

export type ChatFilter = 'all' | 'unread'

export function ChatList({
  selected,
  filter,
  onShowAll,
}: {
  selected: string | null
  filter: ChatFilter
  onShowAll: () => void
}) {
  const t = useText()
  const chats = useShownChats(filter, selected)
  const { openMemberPicker } = useOpeners()
  useWatchPresence(
    useMemo(
      () =>
        chats
          .slice(0, WATCHED)
          .flatMap((chat) => chat.other?.id ?? [])
          .sort(),
      [chats],
    ),
  )

  if (chats.length > 0) return <ChatRows chats={chats} selected={selected} label={t('chats.list')} />
  return filter === 'unread' ? (
    <State
      icon={MessageCircle}
      title={t('chats.noUnreadTitle')}
      acts={<Button onClick={onShowAll}>{t('chats.showAll')}</Button>}
    >
      {t('chats.noUnreadHint')}
    </State>
  ) : (
    <State
      icon={MessageCircle}
      tone="accent"
      title={t('chats.emptyTitle')}
      acts={
        <Button look="primary" icon={SquarePen} onClick={openMemberPicker}>
          {t('chats.newChat')}
        </Button>
      }
    >
      {t('chats.emptyHint')}
    </State>
  )
}

/** Opening an unread chat reads it, but does not pull its row from under the pointer: it stays while it is open. */
function useShownChats(filter: ChatFilter, selected: string | null) {
  const all = useChats()
  return useMemo(
    () =>
      all.filter(
        (chat) => !chat.archived && (filter === 'all' || isUnread(chat) || chat.conversationId === selected),
      ),
    [all, filter, selected],
  )
}
