'use client'

import type { ChatRow } from '@parley/client/client-api'
import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import { useChats } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { RuleGroup } from '../communication/rule-row.tsx'
import { Button } from '../controls/button.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { conversationName } from '../conversations/conversation-name.ts'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import '../text/words/notification.ts'

const HOUR = 60 * 60_000
const SHOWN = 6

type Choice = 'told' | 'as-it-is' | 'hours' | 'week' | 'always'

/** Each chat with whether one is told of it; what is muted comes first. */
export function ChatMutes() {
  const t = useText()
  const chats = useChats()
  const [all, setAll] = useState(false)
  const ordered = [...chats].sort((a, b) => Number(b.muted) - Number(a.muted) || b.activeAt - a.activeAt)
  const shown = all ? ordered : ordered.slice(0, SHOWN)
  return (
    <RuleGroup title={t('notifications.chats')}>
      {chats.length === 0 ? <p className="rule text-ink-2">{t('notifications.chatsNone')}</p> : null}
      {shown.map((chat) => (
        <ChatMute key={chat.conversationId} chat={chat} />
      ))}
      {ordered.length > shown.length ? (
        <div className="rule">
          <Button size="small" look="quiet" className="-ms-2" onClick={() => setAll(true)}>
            {t('notifications.showAll', { count: String(ordered.length) })}
          </Button>
        </div>
      ) : null}
    </RuleGroup>
  )
}

function ChatMute({ chat }: { chat: ChatRow }) {
  const t = useText()
  const client = useClient()
  const now = useNow()
  const { warn } = useToasts()
  const { conversationId, mutedUntil } = chat
  const name = conversationName(t, chat)
  const value: Choice = mutedUntil === null ? 'told' : mutedUntil >= MUTED_ALWAYS ? 'always' : 'as-it-is'

  function choose(choice: Choice) {
    const until = {
      told: null,
      hours: client.now() + 8 * HOUR,
      week: client.now() + 168 * HOUR,
      always: MUTED_ALWAYS,
    }
    if (choice === 'as-it-is') return
    client.changeChat(conversationId, { mutedUntil: until[choice] }).catch(warn)
  }
  return (
    <div className="rule chat-rule">
      <span className="row fill">
        {chat.group ? (
          <GroupAvatar conversationId={conversationId} group={chat.group} size="s" />
        ) : (
          <Avatar member={chat.other} size="s" />
        )}
        <span className="cut font-medium" dir="auto">
          {name}
        </span>
      </span>
      <span className="choice">
        <select
          className="input"
          aria-label={t('notifications.chatLabel', { name })}
          value={value}
          onChange={(event) => choose(event.target.value as Choice)}
        >
          <option value="told">{t('notifications.told')}</option>
          {value === 'as-it-is' && mutedUntil !== null ? (
            <option value="as-it-is">
              {t('notifications.mutedUntil', { when: whenWithin(t, mutedUntil, now) })}
            </option>
          ) : null}
          <option value="hours">{t('notifications.mutedFor8')}</option>
          <option value="week">{t('notifications.mutedForWeek')}</option>
          <option value="always">{t('notifications.mutedAlways')}</option>
        </select>
        <ChevronDown className="i m" />
      </span>
    </div>
  )
}
