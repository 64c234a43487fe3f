'use client'

import { useChat } from '@parley/react/hooks'
import { useState } from 'react'
import { Menu } from '../controls/menu.tsx'
import { conversationName } from '../conversations/conversation-name.ts'
import { useText } from '../text/use-text.ts'
import { ChatDialog, type AskedOfChat } from './chat-dialogs.tsx'
import { ChatMenuItems } from './chat-menu-items.tsx'

/** Where somebody asked what can be done with a chat of the list. */
export interface RowMenuAt {
  readonly conversationId: string
  /** In the window. */
  readonly x: number
  readonly y: number
  /** The row, which has the focus again when the menu is closed. */
  readonly row: HTMLElement
}

/** The row, or if it is gone, as with archiving, the one that took its place. */
function rowNow(row: HTMLElement): HTMLElement | undefined {
  if (row.isConnected) return row
  const rows = [...document.querySelectorAll<HTMLElement>('.chats .chat-row')]
  return rows.find((one) => Number(one.dataset['index']) >= Number(row.dataset['index'])) ?? rows.at(-1)
}

/** The menu of a row of the chat list, open where it was asked for. Keyed by the asking. */
export function RowMenu({ at, selected }: { at: RowMenuAt; selected: string | null }) {
  const t = useText()
  const chat = useChat(at.conversationId)
  const [asked, setAsked] = useState<AskedOfChat | null>(null)
  const [open, setOpen] = useState(true)
  if (!chat) return null
  return (
    <>
      <Menu
        openAtOnce
        align="start"
        label={t('chats.options', { name: conversationName(t, chat) })}
        container={at.row.closest('.pane')}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            className="menu-anchor"
            tabIndex={-1}
            aria-hidden={!open}
            aria-label={t('chats.options', { name: conversationName(t, chat) })}
            style={{ left: at.x, top: at.y }}
            onFocus={() => rowNow(at.row)?.focus()}
          />
        }
      >
        <ChatMenuItems chat={chat} open={at.conversationId === selected} onAsk={setAsked} />
      </Menu>
      {asked ? <ChatDialog asked={asked} chat={chat} onClose={() => setAsked(null)} /> : null}
    </>
  )
}
