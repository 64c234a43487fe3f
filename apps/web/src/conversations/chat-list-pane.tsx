'use client'

import { useChats, useConnection, useLeftovers } from '@parley/react/hooks'
import { Archive, Ellipsis, Search, SquarePen } from 'lucide-react'
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { RowBones } from '../controls/bones.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { isFreeEscape } from '../controls/is-free-escape.ts'
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

const Leftovers = lazyPart(() => import('./leftovers.tsx').then((module) => module.Leftovers))

const StarredEverywhere = lazyPart(
  () => import('../chat-preferences/starred-pane.tsx').then((module) => module.StarredEverywhere),
  <RowBones />,
)
const ListMenu = lazyPart(
  () => import('../chat-preferences/list-menu.tsx').then((module) => module.ListMenu),
  <span className="icon-btn" aria-hidden="true">
    <Ellipsis className="i" />
  </span>,
)

export function ChatListPane({ selected }: { selected: string | null }) {
  const t = useText()
  const isPhone = useIsPhone()
  const { openMemberPicker } = useOpeners()
  const [filter, setFilter] = useState<ChatFilter>('all')
  const chats = useChats()
  const leftovers = useLeftovers()
  const pane = useRef<HTMLDivElement>(null)
  const { place, enter, toChats, onEscape } = usePlace(pane)
  const archived = useMemo(() => chats.filter((chat) => chat.archived), [chats])
  const unreadChats = chats.filter((chat) => !chat.archived && isUnread(chat)).length
  const connection = useConnection()
  const loading =
    chats.length === 0 &&
    (connection === 'starting' || connection === 'connecting' || connection === 'catching-up')

  return (
    <div
      className="pane"
      ref={pane}
      // On a phone the list is the page.
      role={isPhone && selected === null ? 'main' : 'complementary'}
      aria-label={t('chats.title')}
      aria-busy={loading}
      onKeyDown={onEscape}
    >
      {place === 'starred' ? (
        <StarredEverywhere onBack={toChats} />
      ) : place === 'archive' ? (
        <ArchivedChats chats={archived} selected={selected} onBack={toChats} />
      ) : (
        <>
          <header className="bar">
            <h1 className="fill">{t('chats.title')}</h1>
            <IconButton icon={SquarePen} label={t('chats.newChat')} onClick={openMemberPicker} />
            <More
              pane={pane}
              onStarred={() => enter('starred', MORE)}
              onArchive={() => enter('archive', MORE)}
            />
          </header>
          <Finder filter={filter} unread={unreadChats} onFilter={setFilter} />
          {leftovers.length > 0 ? <Leftovers all={leftovers} /> : null}
          {archived.length > 0 && filter === 'all' ? (
            <ArchiveRow
              unread={archived.filter(isUnread).length}
              onOpen={() => enter('archive', ARCHIVE_ROW)}
            />
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

type Place = 'chats' | 'archive' | 'starred'

/** What leads to other places: it has the focus again when one is left. */
const MORE = '.bar [aria-haspopup]'
const ARCHIVE_ROW = '.archive-row'

/** What stands in the chat list's place, which Escape leaves where nothing else in the pane takes it. */
function usePlace(pane: RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState<Place>('chats')
  const cameFrom = useRef<string | null>(null)
  const enter = (next: Place, from: string) => {
    cameFrom.current = from
    setPlace(next)
  }
  const toChats = () => setPlace('chats')
  useLayoutEffect(() => {
    if (place !== 'chats' || !cameFrom.current) return
    // the last chat may have been taken out of the archive, and its row is gone
    const ways = [cameFrom.current, MORE].map((way) => pane.current?.querySelector<HTMLElement>(way))
    ways.find(Boolean)?.focus()
    cameFrom.current = null
  }, [place, pane])
  function onEscape(event: KeyboardEvent) {
    if (place === 'chats' || !isFreeEscape(event)) return
    // the details beside it stay
    event.preventDefault()
    toChats()
  }
  return { place, enter, toChats, onEscape }
}

interface MoreProps {
  pane: RefObject<HTMLElement | null>
  onStarred: () => void
  onArchive: () => void
}

/** What stands in it is fetched when somebody comes near. */
function More({ pane, onStarred, onArchive }: MoreProps) {
  const t = useText()
  const [container, setContainer] = useState<Element | null>(null)
  if (container) return <ListMenu onStarred={onStarred} onArchive={onArchive} container={container} />
  return (
    <IconButton
      icon={Ellipsis}
      label={t('chats.more')}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={ListMenu.fetch}
      onFocus={ListMenu.fetch}
      onClick={() => setContainer(pane.current)}
    />
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
  const chip = (of: ChatFilter, name: string, count = 0) => (
    <button type="button" className="chip" aria-pressed={filter === of} onClick={() => onFilter(of)}>
      {name}
      {count > 0 ? <span className="n">{count}</span> : null}
    </button>
  )
  return (
    <div className="finder">
      <button type="button" className="search" onClick={() => openPalette()}>
        <Search className="i" />
        <span className="fill">{t('chats.find')}</span>
        <kbd className="kbd">{isMac() ? t('chats.findKeyMac') : t('chats.findKey')}</kbd>
      </button>
      <div className="chips" role="group" aria-label={t('chats.show')}>
        {chip('all', t('chats.all'))}
        {chip('unread', t('chats.unread'), unread)}
        {chip('groups', t('chats.groups'))}
      </div>
    </div>
  )
}
