'use client'

import type { ConversationView, MessageView } from '@parley/client/client-api'
import { useMe, useMembers, useTypers } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { Virtualizer } from 'virtua'
import { conversationName } from '../conversations/conversation-name.ts'
import type { Target } from '../conversations/use-asked-message.ts'
import { typersText } from '../conversations/typers-text.ts'
import { useText } from '../text/use-text.ts'
import { dayName } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { Announcer } from './announcer.tsx'
import { MentionJump } from './mention-jump.tsx'
import type { MessageActs } from './message-acts.ts'
import { MessageRow } from './message-row.tsx'
import { useMentionJump } from './use-mention-jump.ts'
import { useOneStop } from './use-one-stop.ts'
import { usePurgeText } from './use-purge-line.ts'
import { useNoticeText } from './notice-text.ts'
import { StreamHead } from './stream-head.tsx'
import { streamRows, type PurgedRange, type StreamRow } from './stream-rows.ts'
import { useAttention } from './use-attention.ts'
import { HEAD_HEIGHT, useStreamScroll } from './use-stream-scroll.ts'
import { useUnreadSpan } from './use-unread-span.ts'

interface MessageStreamProps {
  view: ConversationView
  typing: boolean
  acts: MessageActs
  /** A message to be brought before the person's eyes. */
  target: Target | null
  /** The ids of the messages that are chosen; null while none are being. */
  chosen: ReadonlySet<string> | null
  /** After "Jump to latest", whose button goes with it. */
  onJumped: () => void
}

export function MessageStream({ view, typing, acts, target, chosen, onJumped }: MessageStreamProps) {
  const t = useText()
  const now = useNow()
  const client = useClient()
  const attentive = useAttention()
  const span = useUnreadSpan(view, attentive)
  const { messages, purged, reachedStart, reachedEnd } = view
  const rows = useMemo(
    () => streamRows({ messages, purged, reachedStart, reachedEnd }, span, typing),
    [messages, purged, reachedStart, reachedEnd, span, typing],
  )
  const shift = useGrewAtStart(rows)
  const { box, list, farFromEnd, stuckDay, toEnd, onScroll, onResize } = useStreamScroll({
    conversationId: view.conversation.id,
    rows,
    attentive,
    target,
    reachedEnd,
    canLoadOlder: !view.reachedStart && !view.loadingOlder && view.loadFailure === null,
    canLoadNewer: !reachedEnd && !view.loadingNewer && view.loadFailure === null,
  })
  useOneStop(box)
  const mentions = useMentionJump(view, rows, list)
  const name = conversationName(t, view)
  const shared: Shared = { view, now, acts, found: target?.number ?? null, chosen }

  return (
    <div className={clsx('talk', view.conversation.group && 'many')}>
      {stuckDay === null ? null : (
        <div className="day stuck" aria-hidden="true">
          {dayName(t, stuckDay, now)}
        </div>
      )}
      <div
        className="scroll stream"
        ref={box}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t('conversation.messages')}
        onKeyDown={stepThroughMessages}
      >
        <div className="spring" />
        <StreamHead view={view} name={name} />
        <Virtualizer
          ref={list}
          scrollRef={box}
          data={rows}
          shift={shift}
          startMargin={HEAD_HEIGHT}
          onScroll={() => {
            onScroll()
            mentions.look()
          }}
          onResize={onResize}
        >
          {(row) => <Row key={row.key} row={row} {...shared} />}
        </Virtualizer>
      </div>
      {farFromEnd || !reachedEnd ? (
        <Jump
          unread={view.unread}
          onJump={() => {
            if (reachedEnd) toEnd()
            else client.showLatest(view.conversation.id)
            onJumped()
          }}
        />
      ) : null}
      {mentions.left.length > 0 ? (
        <MentionJump count={mentions.left.length} raised={farFromEnd} onJump={mentions.jump} />
      ) : null}
      <Announcer messages={view.messages} />
    </div>
  )
}

interface Shared {
  view: ConversationView
  now: number
  acts: MessageActs
  /** The number of the message that was asked for. */
  found: number | null
  /** The ids of the messages that are chosen; null while none are being. */
  chosen: ReadonlySet<string> | null
}

function Row({ row, view, now, acts, found, chosen }: Shared & { row: StreamRow }) {
  const t = useText()
  const me = useMe()
  const members = useMembers()
  switch (row.kind) {
    case 'day':
      return (
        <div className="day-row">
          <div className="day">{dayName(t, row.at, now)}</div>
        </div>
      )
    case 'new':
      return (
        <div className="new-row">
          <div className="new" role="separator">
            <span>{t('conversation.newMessages', { count: row.count })}</span>
          </div>
        </div>
      )
    case 'message': {
      const author = row.message.imported?.author ?? null
      const sender = author === null ? (members.get(row.message.senderId) ?? null) : null
      return (
        <MessageRow
          message={row.message}
          first={row.first}
          senderName={
            author ??
            (sender?.id === me?.id ? t('conversation.you') : (sender?.name ?? t('chats.formerMember')))
          }
          sender={view.conversation.group && (author !== null || sender?.id !== me?.id) ? sender : undefined}
          writable={view.closed === null}
          reactable={view.closed === null || view.closed === 'announcements'}
          admin={me !== null && (view.conversation.group?.adminIds.includes(me.id) ?? false)}
          found={found !== null && row.message.number === found}
          chosen={row.message.number === null || chosen === null ? null : chosen.has(row.message.id)}
          acts={acts}
        />
      )
    }
    case 'notice':
      return <NoticeRow message={row.message} />
    case 'purged':
      return <PurgedRow range={row.range} />
    case 'end':
      return (
        <>
          {row.typing ? <TypingLine conversationId={view.conversation.id} /> : null}
          <div className="stream-end" />
        </>
      )
  }
}

function TypingLine({ conversationId }: { conversationId: string }) {
  const t = useText()
  const typers = useTypers(conversationId)
  return (
    <div className="typing-line">
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span dir="auto">{t('conversation.typing', typersText(t, typers))}</span>
    </div>
  )
}

/** A system line. */
function NoticeRow({ message }: { message: MessageView }) {
  const say = useNoticeText()
  return (
    <div className="note-row">
      <div className="note" dir="auto">
        {message.notice ? say(message.notice, message.senderId) : null}
      </div>
    </div>
  )
}

/** Where messages were that are gone for good. */
function PurgedRow({ range }: { range: PurgedRange }) {
  const say = usePurgeText()
  return (
    <div className="note-row">
      <div className="note">{say(range)}</div>
    </div>
  )
}

function Jump({ unread, onJump }: { unread: number; onJump: () => void }) {
  const t = useText()
  const label = unread > 0 ? t('conversation.jumpCount', { count: unread }) : t('conversation.jump')
  return (
    <button type="button" className="jump" aria-label={label} title={label} onClick={onJump}>
      {unread > 0 ? <span className="pill">{unread}</span> : null}
      <ChevronDown className="i l" />
    </button>
  )
}

/** True in the render in which older messages came in above, so that the place on the screen is held from the end. */
function useGrewAtStart(rows: readonly StreamRow[]): boolean {
  const firstMessage = rows.find((row) => row.kind === 'message' || row.kind === 'notice')?.key
  const [held, setHeld] = useState({ firstMessage, count: rows.length, shift: false })
  if (held.firstMessage === firstMessage && held.count === rows.length) return held.shift
  const shift =
    held.firstMessage !== undefined && held.firstMessage !== firstMessage && rows.length > held.count
  setHeld({ firstMessage, count: rows.length, shift })
  return shift
}

/** The arrow keys step from message to message, whose actions Tab then reaches. */
function stepThroughMessages(event: KeyboardEvent<HTMLDivElement>): void {
  // what is open over a message, as its menu, has its own arrow keys
  if (event.defaultPrevented || !event.currentTarget.contains(event.target as Node)) return
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  const here = document.activeElement?.closest('[data-message]')
  const shown = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')]
  const at = here ? shown.indexOf(here as HTMLElement) + (event.key === 'ArrowUp' ? -1 : 1) : shown.length - 1
  const next = shown[at]
  if (!next) return
  event.preventDefault()
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}
