'use client'

import { useChats, useConnection } from '@parley/react/hooks'
import { Archive, Search, SquarePen } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { RowBones } from '../controls/bones.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsPhone } from '../controls/use-media.ts'
import { Grip } from '../frame/grip.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { isMac, useOpeners } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { ChatList, type ChatFilter } from './chat-list.tsx'
import { isUnread } from './is-unread.ts'

const ArchivedChats = lazyPart(
  () => import('../chat-preferences/archived-chats.tsx').then((module) => module.ArchivedChats),
  <RowBones />,
)

export function ChatListPane({ selected }: { selected: string | null }) {
  const t = useText()
  const isPhone = useIsPhone()
  const { openMemberPicker } = useOpeners()
  const [filter, setFilter] = useState<ChatFilter>('all')
  const chats = useChats()
  const [inArchive, setInArchive] = useState(false)
  const archived = useMemo(() => chats.filter((chat) => chat.archived), [chats])
  const unreadChats = chats.filter((chat) => !chat.archived && isUnread(chat)).length
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
      {inArchive ? (
        <ArchivedChats chats={archived} selected={selected} onBack={() => setInArchive(false)} />
      ) : (
        <>
          <header className="bar">
            <h1 className="fill">{t('chats.title')}</h1>
            <IconButton icon={SquarePen} label={t('chats.newChat')} onClick={openMemberPicker} />
          </header>
          <Finder filter={filter} unread={unreadChats} onFilter={setFilter} />
          {archived.length > 0 && filter === 'all' ? (
            <ArchiveRow unread={archived.filter(isUnread).length} onOpen={() => setInArchive(true)} />
          ) : null}
          {loading ? (
            <RowBones />
          ) : (
            <ChatList selected={selected} filter={filter} onShowAll={() => setFilter('all')} />
          )}
        </>
      )}
      <Grip />
    </div>
  )
}

/** Leads to the chats that are folded away. */
function ArchiveRow({ unread, onOpen }: { unread: number; onOpen: () => void }): ReactNode {
  const t = useText()
  return (
    <button type="button" className="archive-row" onClick={onOpen} onPointerEnter={ArchivedChats.fetch}>
      <Archive className="i" />
      <span className="fill">{t('chats.archived')}</span>
      {unread > 0 ? (
        <span className="pill mute" role="img" aria-label={t('chats.archivedUnread', { count: unread })}>
          {unread}
        </span>
      ) : null}
    </button>
  )
}

interface FinderProps {
  filter: ChatFilter
  /** In how many chats something is unread. */
  unread: number
  onFilter: (filter: ChatFilter) => void
}

/** What leads to a chat that is not in sight. */
function Finder({ filter, unread, onFilter }: FinderProps) {
  const t = useText()
  const { openPalette } = useOpeners()
  return (
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
          onClick={() => onFilter('all')}
        >
          {t('chats.all')}
        </button>
        <button
          type="button"
          className="chip"
          aria-pressed={filter === 'unread'}
          onClick={() => onFilter('unread')}
        >
          {t('chats.unread')}
          {unread > 0 ? <span className="n">{unread}</span> : null}
        </button>
      </div>
    </div>
  )
}
