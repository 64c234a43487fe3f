'use client'

import { useChats, useWatchPresence } from '@parley/react/hooks'
import { MessageCircle, SquarePen } from 'lucide-react'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { useOpeners } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { useNow } from '../time/use-now.ts'
import { ChatRow } from './chat-row.tsx'

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

  if (chats.length > 0) return <Rows chats={chats} selected={selected} />
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
      filter === 'all' ? all : all.filter((chat) => chat.unread > 0 || chat.conversationId === selected),
    [all, filter, selected],
  )
}

function Rows({ chats, selected }: { chats: ReturnType<typeof useChats>; selected: string | null }) {
  const t = useText()
  const now = useNow()
  const box = useRef<HTMLDivElement>(null)
  const rows = useRef<VirtualizerHandle>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const stop =
    chats.find((chat) => chat.conversationId === (focused ?? selected))?.conversationId ??
    chats[0]?.conversationId

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const here = Number(document.activeElement?.getAttribute('data-index') ?? -1)
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: chats.length - 1 }[event.key]
    if (next === undefined || next < 0 || next >= chats.length) return
    event.preventDefault()
    rows.current?.scrollToIndex(next, { align: 'nearest' })
    setFocused(chats[next]?.conversationId ?? null)
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus())
  }

  return (
    <div
      className="scroll chats"
      ref={box}
      role="region"
      aria-label={t('chats.list')}
      onKeyDown={onKeyDown}
      onBlur={() => setFocused(null)}
    >
      <Virtualizer ref={rows} scrollRef={box} data={chats} as="ul" item="li">
        {(chat, index) => (
          <ChatRow
            key={chat.conversationId}
            chat={chat}
            index={index}
            now={now}
            selected={chat.conversationId === selected}
            reachable={chat.conversationId === stop}
          />
        )}
      </Virtualizer>
    </div>
  )
}
