'use client'

import { useChats, useConnection, useUnreadChats } from '@parley/react/hooks'
import { Search, SquarePen } from 'lucide-react'
import { useState } from 'react'
import { RowBones } from '../controls/bones.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsPhone } from '../controls/use-media.ts'
import { Grip } from '../frame/grip.tsx'
import { isMac, useOpeners } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { ChatList, type ChatFilter } from './chat-list.tsx'

export function ChatListPane({ selected }: { selected: string | null }) {
  const t = useText()
  const isPhone = useIsPhone()
  const { openPalette, openMemberPicker } = useOpeners()
  const [filter, setFilter] = useState<ChatFilter>('all')
  const chats = useChats()
  const unreadChats = useUnreadChats()
  const connection = useConnection()
  const loading =
    chats.length === 0 &&
    (connection === 'starting' || connection === 'connecting' || connection === 'catching-up')

  return (
    <div
      className="pane"
      // On a phone the list is the page.
      role={isPhone && selected === null ? 'main' : 'complementary'}
      aria-label={t('chats.title')}
      aria-busy={loading}
    >
      <header className="bar">
        <h1 className="fill">{t('chats.title')}</h1>
        <IconButton icon={SquarePen} label={t('chats.newChat')} onClick={openMemberPicker} />
      </header>
      <div className="finder">
        <button type="button" className="search" onClick={() => openPalette()}>
          <Search className="i" />
          <span className="fill">{t('chats.find')}</span>
          <kbd className="kbd">{isMac() ? t('chats.findKeyMac') : t('chats.findKey')}</kbd>
        </button>
        <div className="chips" role="group" aria-label={t('chats.show')}>
          <button
            type="button"
            className="chip"
            aria-pressed={filter === 'all'}
            onClick={() => setFilter('all')}
          >
            {t('chats.all')}
          </button>
          <button
            type="button"
            className="chip"
            aria-pressed={filter === 'unread'}
            onClick={() => setFilter('unread')}
          >
            {t('chats.unread')}
            {unreadChats > 0 ? <span className="n">{unreadChats}</span> : null}
          </button>
        </div>
      </div>
      {loading ? (
        <RowBones />
      ) : (
        <ChatList selected={selected} filter={filter} onShowAll={() => setFilter('all')} />
      )}
      <Grip />
    </div>
  )
}
