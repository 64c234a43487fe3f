'use client'

import type { MessageView } from '@parley/client/client-api'
import type { StarredMessage } from '@parley/client/messages/starred-message'
import { useChat, useConnection, useMember, useStarred } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Star, StarOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { RowBones } from '../controls/bones.tsx'
import { Button } from '../controls/button.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { State } from '../controls/state.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { conversationName } from '../conversations/conversation-name.ts'
import { filesText } from '../files/file-text.ts'
import { PreviewText } from '../formatting/preview-text.tsx'
import { isPlainClick, messageAddress, useGo } from '../frame/navigation.ts'
import { Avatar } from '../members/avatar.tsx'
import { useQuotedName } from '../messages/quote-block.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/chat-menu.ts'
import { listTime } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'

const PAGE = 50

/** What the person has starred, the newest star first: everywhere, or in one chat. */
export function StarredList({ conversationId = null }: { conversationId?: string | null }) {
  const t = useText()
  const starred = useStarred().filter(
    (one) => conversationId === null || one.conversationId === conversationId,
  )
  const [shown, setShown] = useState(PAGE)
  const wanted = starred.slice(0, shown)
  const messages = useRead(wanted)
  const live = useConnection() === 'live'
  if (starred.length === 0)
    return (
      <State icon={Star} title={t('chatMenu.starredNone')}>
        {t('chatMenu.starredHint')}
      </State>
    )
  if (!messages) return <RowBones />
  return (
    <>
      <ul className="starred-list">
        {messages.map((message) => (
          <li key={message.id}>
            <StarredRow message={message} named={conversationId === null} />
          </li>
        ))}
      </ul>
      {messages.length < wanted.length && !live ? (
        <p className="p-4 text-xs text-ink-3">{t('chatMenu.starredAway')}</p>
      ) : null}
      {starred.length > shown ? (
        <p className="p-4">
          <Button onClick={() => setShown(shown + PAGE)}>{t('chatMenu.starredMore')}</Button>
        </p>
      ) : null}
    </>
  )
}

/** The messages themselves; null before they were read for the first time. */
function useRead(wanted: readonly StarredMessage[]): readonly MessageView[] | null {
  const client = useClient()
  const connection = useConnection()
  const [read, setRead] = useState<readonly MessageView[] | null>(null)
  const key = wanted.map(({ messageId }) => messageId).join(' ')
  useEffect(() => {
    let over = false
    void client.readStarred(wanted).then((messages) => (over ? undefined : setRead(messages)))
    return () => {
      over = true
    }
    // `key` says which they are; a new connection may bring those that were missing
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, key, connection])
  const still = new Set(wanted.map(({ messageId }) => messageId))
  return read && read.filter(({ id }) => still.has(id))
}

function StarredRow({ message, named }: { message: MessageView; named: boolean }) {
  const t = useText()
  const go = useGo()
  const now = useNow()
  const client = useClient()
  const { warn } = useToasts()
  const { conversationId, number, senderId, sentAt, files, text } = message
  const author = message.imported?.author
  const sender = useMember(senderId)
  const chat = useChat(conversationId)
  const name = useQuotedName(senderId, author)
  const when = listTime(t, sentAt, now)
  const address = messageAddress({ conversationId, number: number ?? 0 })
  return (
    <div className="starred-row">
      <Avatar member={author ? null : sender} name={author ?? undefined} size="sm" />
      <a
        className="col fill"
        href={address}
        aria-label={t('chatMenu.starredGo', { name, when })}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          go(address)
        }}
      >
        <span className="top">
          <span className="cut">
            <bdi className="font-medium">{name}</bdi>{' '}
            {named && chat ? (
              <bdi className="text-ink-3">{t('chatMenu.starredIn', { chat: conversationName(t, chat) })}</bdi>
            ) : null}
          </span>
          <time dateTime={new Date(sentAt).toISOString()}>{when}</time>
        </span>
        <span className="said" dir="auto">
          {text === '' ? filesText(t, files) : <PreviewText text={text.slice(0, 400)} />}
        </span>
      </a>
      <IconButton
        icon={StarOff}
        size="small"
        label={t('chatMenu.unstar')}
        onClick={() => void client.starMessage(message, false).catch(warn)}
      />
    </div>
  )
}
