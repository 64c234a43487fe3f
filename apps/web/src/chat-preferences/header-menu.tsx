'use client'

import type { ChatRow } from '@parley/client/client-api'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { Menu } from '../controls/menu.tsx'
import { conversationName } from '../conversations/conversation-name.ts'
import { useText } from '../text/use-text.ts'
import { ChatDialog, type AskedOfChat } from './chat-dialogs.tsx'
import { ChatMenuItems } from './chat-menu-items.tsx'

/** What can be done with the open chat, opened at once: it is fetched with the first wish for it. */
export function HeaderMenu({ chat }: { chat: ChatRow }) {
  const t = useText()
  const [asked, setAsked] = useState<AskedOfChat | null>(null)
  const label = t('chats.options', { name: conversationName(t, chat) })
  return (
    <>
      <Menu
        openAtOnce
        label={label}
        trigger={<IconButton icon={Ellipsis} label={label} tip={t('message.menu')} />}
      >
        <ChatMenuItems chat={chat} open onAsk={setAsked} />
      </Menu>
      {asked ? <ChatDialog asked={asked} chat={chat} onClose={() => setAsked(null)} /> : null}
    </>
  )
}
