'use client'

import type { ChatRow } from '@parley/client/client-api'
import { useConversation, useMe } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  Eraser,
  MessageSquare,
  MessageSquareDot,
  Pin,
  PinOff,
  Timer,
} from 'lucide-react'
import { MenuItem, MenuLine } from '../controls/menu.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useGo } from '../frame/navigation.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/chat-menu.ts'
import type { AskedOfChat } from './chat-dialogs.tsx'
import { maySetDisappearing } from './may-set-disappearing.ts'

interface ChatMenuItemsProps {
  chat: ChatRow
  /** It is the one that is open. */
  open: boolean
  onAsk: (what: AskedOfChat) => void
}

/** What one may want of a chat, for oneself; and at the end what takes something away. */
export function ChatMenuItems({ chat, open, onAsk }: ChatMenuItemsProps) {
  const t = useText()
  const client = useClient()
  const go = useGo()
  const { say, warn } = useToasts()
  const { conversationId, pinned, muted, archived } = chat
  const unread = chat.unread > 0 || chat.markedUnread
  const view = useConversation(conversationId)
  const me = useMe()?.id
  const change = (wish: Parameters<typeof client.changeChat>[1]) =>
    client.changeChat(conversationId, wish).catch(warn)

  function markUnread() {
    // an open chat is read: it is left, as one who wants to come back to it does
    if (open) go('/chats')
    void change({ markedUnread: true })
  }
  async function archive() {
    await change({ archived: !archived })
    say(t(archived ? 'chatMenu.unarchived' : 'chatMenu.archived'))
  }
  return (
    <>
      {unread ? (
        <MenuItem icon={MessageSquare} onSelect={() => client.markRead(conversationId)}>
          {t('chatMenu.markRead')}
        </MenuItem>
      ) : (
        <MenuItem icon={MessageSquareDot} onSelect={markUnread}>
          {t('chatMenu.markUnread')}
        </MenuItem>
      )}
      <MenuItem icon={pinned ? PinOff : Pin} onSelect={() => void change({ pinned: !pinned })}>
        {t(pinned ? 'chatMenu.unpin' : 'chatMenu.pin')}
      </MenuItem>
      {muted ? (
        <MenuItem icon={Bell} onSelect={() => void change({ mutedUntil: null })}>
          {t('chatMenu.unmute')}
        </MenuItem>
      ) : (
        <MenuItem icon={BellOff} onSelect={() => onAsk('mute')}>
          {t('chatMenu.mute')}
        </MenuItem>
      )}
      <MenuItem icon={archived ? ArchiveRestore : Archive} onSelect={() => void archive()}>
        {t(archived ? 'chatMenu.unarchive' : 'chatMenu.archive')}
      </MenuItem>
      <MenuLine />
      {view && maySetDisappearing(view, me) ? (
        <MenuItem icon={Timer} onSelect={() => onAsk('disappear')}>
          {t('chatMenu.disappear')}
        </MenuItem>
      ) : null}
      <MenuItem icon={Eraser} danger onSelect={() => onAsk('clear')}>
        {t('chatMenu.clear')}
      </MenuItem>
    </>
  )
}
