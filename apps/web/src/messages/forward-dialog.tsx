'use client'

import '../text/words/message-menu.ts'
import type { ChatRow, MessageView } from '@parley/client/client-api'
import { useChats } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { clsx } from 'clsx'
import { Check, Search } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { conversationName } from '../conversations/conversation-name.ts'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'

interface ForwardDialogProps {
  /** In the order in which they are passed on. */
  messages: readonly MessageView[]
  onDone: () => void
  onClose: () => void
}

/** Passes messages on to any number of chats. */
export function ForwardDialog({ messages, onDone, onClose }: ForwardDialogProps) {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const chats = useWritableChats(query)

  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  async function forward() {
    onClose()
    try {
      for (const conversationId of chosen)
        for (const message of messages)
          await client.send(conversationId, message.text, { forwardOf: message })
      onDone()
      say(t('messageMenu.forwarded', { count: chosen.size }))
    } catch (error) {
      warn(error)
    }
  }

  return (
    <Dialog title={t('messageMenu.forwardTitle', { count: messages.length })} onClose={onClose}>
      <div className="px-5 pt-2 pb-2">
        <label className="search">
          <Search className="i" />
          <span className="sr">{t('messageMenu.forwardFind')}</span>
          <input
            type="text"
            dir="auto"
            placeholder={t('messageMenu.forwardFind')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
      </div>
      <ul className="reactors" aria-label={t('messageMenu.forwardChats')}>
        {chats.map(({ row, name }) => (
          <li key={row.conversationId}>
            <button
              type="button"
              role="checkbox"
              aria-checked={chosen.has(row.conversationId)}
              className={clsx('pick-row', chosen.has(row.conversationId) && 'on')}
              onClick={() => toggle(row.conversationId)}
            >
              {row.group ? (
                <GroupAvatar conversationId={row.conversationId} group={row.group} size="sm" />
              ) : (
                <Avatar member={row.other} size="sm" />
              )}
              <bdi className="fill cut">{name}</bdi>
              <span className="box">{chosen.has(row.conversationId) ? <Check className="i s" /> : null}</span>
            </button>
          </li>
        ))}
        {chats.length === 0 ? <li>{t('messageMenu.forwardNone')}</li> : null}
      </ul>
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
        <Button look="primary" disabled={chosen.size === 0} onClick={() => void forward()}>
          {t('messageMenu.forwardDo', { count: chosen.size })}
        </Button>
      </div>
    </Dialog>
  )
}

/** The chats whose name holds what is looked for, where something can be written. */
function useWritableChats(query: string): readonly { row: ChatRow; name: string }[] {
  const t = useText()
  const client = useClient()
  const wanted = query.trim().toLocaleLowerCase()
  return useChats()
    .filter(({ conversationId }) => client.conversation(conversationId)?.closed === null)
    .map((row) => ({ row, name: conversationName(t, row) }))
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
}
