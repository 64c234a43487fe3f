'use client'

import type { ChatRow as Chat } from '@parley/client/client-api'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { RowMenuAt } from '../chat-preferences/row-menu.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { chatAddress } from '../frame/navigation.ts'
import { useNow } from '../time/use-now.ts'
import { ChatRow } from './chat-row.tsx'

const RowMenu = lazyPart(() => import('../chat-preferences/row-menu.tsx').then((module) => module.RowMenu))

/** From a row to its button for more, and back. */
const sideways = ({ key }: KeyboardEvent) => key === 'ArrowRight' || key === 'ArrowLeft'

interface ChatRowsProps {
  chats: readonly Chat[]
  selected: string | null
  label: string
}

/** Chats below one another: one stop for Tab, the arrow keys from row to row, and sideways to what can be done with one. */
export function ChatRows({ chats, selected, label }: ChatRowsProps) {
  const now = useNow()
  const box = useRef<HTMLDivElement>(null)
  const rows = useRef<VirtualizerHandle>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const [menu, setMenu] = useState<(RowMenuAt & { readonly id: number }) | null>(null)
  const onMenu = useCallback(
    (at: RowMenuAt) => setMenu((before) => ({ ...at, id: (before?.id ?? 0) + 1 })),
    [],
  )
  useLeftRow(box, selected)
  const stop =
    chats.find((chat) => chat.conversationId === (focused ?? selected))?.conversationId ??
    chats[0]?.conversationId

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const here = Number(document.activeElement?.getAttribute('data-index') ?? -1)
    if (here >= 0 && sideways(event)) {
      event.preventDefault()
      const [row, more] = box.current?.querySelectorAll<HTMLElement>(`[data-index="${here}"]`) ?? []
      ;(document.activeElement === row ? more : row)?.focus()
      return
    }
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: chats.length - 1 }[event.key]
    if (next === undefined || next < 0 || next >= chats.length) return
    event.preventDefault()
    rows.current?.scrollToIndex(next, { align: 'nearest' })
    setFocused(chats[next]?.conversationId ?? null)
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus())
  }

  return (
    <>
      <div
        className="scroll chats"
        ref={box}
        role="region"
        aria-label={label}
        onKeyDown={onKeyDown}
        onBlur={() => setFocused(null)}
        onPointerEnter={RowMenu.fetch}
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
              onMenu={onMenu}
            />
          )}
        </Virtualizer>
      </div>
      {menu ? <RowMenu key={menu.id} at={menu} selected={selected} /> : null}
    </>
  )
}

/** Whoever leaves a chat and has the focus nowhere then, as with marking it unread, goes on from its row. */
function useLeftRow(box: RefObject<HTMLElement | null>, selected: string | null) {
  const before = useRef(selected)
  useEffect(() => {
    const left = before.current
    before.current = selected
    if (left === null || selected !== null || document.activeElement !== document.body) return
    box.current?.querySelector<HTMLElement>(`a[href="${chatAddress(left)}"]`)?.focus()
  }, [box, selected])
}
