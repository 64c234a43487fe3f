'use client'

import type { ChatRow } from '@parley/client/client-api'
import { useChats, useWatchPresence } from '@parley/react/hooks'
import { MessageCircle, SquarePen, UsersRound } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { useOpeners } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { ChatRows } from './chat-rows.tsx'
import { isUnread } from './is-unread.ts'

const WATCHED = 200

export type ChatFilter = 'all' | 'unread' | 'groups'

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
  return <NoChats filter={filter} onShowAll={onShowAll} />
}

function NoChats({ filter, onShowAll }: { filter: ChatFilter; onShowAll: () => void }) {
  const t = useText()
  const { openMemberPicker, openNewGroup } = useOpeners()
  const showAll = <Button onClick={onShowAll}>{t('chats.showAll')}</Button>
  if (filter === 'unread')
    return (
      <State icon={MessageCircle} title={t('chats.noUnreadTitle')} acts={showAll}>
        {t('chats.noUnreadHint')}
      </State>
    )
  if (filter === 'groups')
    return (
      <State
        icon={UsersRound}
        title={t('chats.noGroupsTitle')}
        acts={
          <>
            <Button look="primary" icon={UsersRound} onClick={() => openNewGroup()}>
              {t('groups.new')}
            </Button>
            {showAll}
          </>
        }
      >
        {t('chats.noGroupsHint')}
      </State>
    )
  return (
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
  return useMemo(() => {
    const shows: Record<ChatFilter, (chat: ChatRow) => boolean> = {
      all: () => true,
      unread: (chat) => isUnread(chat) || chat.conversationId === selected,
      groups: (chat) => chat.group !== null,
    }
    return all.filter((chat) => !chat.archived && shows[filter](chat))
  }, [all, filter, selected])
}
