'use client'

import type { MessageView } from '@parley/client/client-api'
import type { Member } from '@parley/contracts/members/member'
import { useDepartments } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { Copy, Info, RotateCw } from 'lucide-react'
import { memo, useState, type CSSProperties } from 'react'
import { Button } from '../controls/button.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { hueOf } from '../members/appearance.ts'
import { Avatar } from '../members/avatar.tsx'
import { departmentNames } from '../members/find-members.ts'
import { useText } from '../text/use-text.ts'
import { clock, longDateTime } from '../time/format.ts'
import { MessageText } from './message-text.tsx'
import { beginningOf, isFewEmoji } from './text-shape.ts'
import { Ticks } from './ticks.tsx'

export interface MessageActs {
  copy(message: MessageView): void
  info(message: MessageView): void
  retry(message: MessageView): void
  edit(message: MessageView): void
  discard(message: MessageView): void
}

interface MessageRowProps {
  message: MessageView
  /** Opens a group: more space above, and the corner that points at its sender. */
  first: boolean
  senderName: string
  /** Whose name and picture stand beside it: in a group, of the others; null for somebody who is not known. */
  sender?: Member | null | undefined
  /** The other can still be written to; nothing is tried again that can only be refused again. */
  writable: boolean
  acts: MessageActs
}

export const MessageRow = memo(function MessageRow({
  message,
  first,
  senderName,
  sender,
  writable,
  acts,
}: MessageRowProps) {
  const t = useText()
  const own = message.delivery !== 'received'
  const failed = message.delivery === 'failed'
  const [whole, setWhole] = useState(false)
  const beginning = whole ? null : beginningOf(message.text)
  return (
    <div
      className={clsx('msg-row', own && 'own', first && 'first', failed && 'failed')}
      role="article"
      aria-label={t('message.by', { name: senderName, time: clock(message.sentAt) })}
      tabIndex={-1}
      data-message={message.id}
    >
      {first && sender !== undefined ? <Avatar member={sender} size="sm" /> : null}
      <div className="msg">
        <div className="bubble">
          {first && sender !== undefined ? <SenderLine sender={sender} name={senderName} /> : null}
          <div className={clsx('words', isFewEmoji(message.text) && 'big')} dir="auto">
            <MessageText text={beginning ?? message.text} mentions={message.mentions} />
            {beginning ? (
              <button type="button" className="text-link more" onClick={() => setWhole(true)}>
                {t('message.more')}
              </button>
            ) : null}
            <Meta message={message} />
          </div>
        </div>
        {failed ? <FailRow message={message} writable={writable} acts={acts} /> : null}
        <div className="hover-bar" role="toolbar" aria-label={t('message.actions')}>
          <IconButton icon={Copy} label={t('message.copy')} onClick={() => acts.copy(message)} />
          {own && !failed ? (
            <IconButton icon={Info} label={t('message.info')} onClick={() => acts.info(message)} />
          ) : null}
        </div>
      </div>
    </div>
  )
})

/** Whose message it is, in their own hue, and where they work. */
function SenderLine({ sender, name }: { sender: Member | null; name: string }) {
  const departments = useDepartments()
  const [department] = sender ? departmentNames(sender, departments) : []
  return (
    <div className="sender cut" style={{ '--h': hueOf(sender?.id ?? '') } as CSSProperties}>
      <bdi>{name}</bdi>
      {department === undefined ? null : <bdi className="role">{department}</bdi>}
    </div>
  )
}

/** The time, and on an own message how far it has come; floats into the last line where there is room. */
function Meta({ message }: { message: MessageView }) {
  const t = useText()
  const when = longDateTime(message.sentAt)
  const title =
    message.delivery === 'received'
      ? t('message.receivedAt', { when })
      : `${t(`ticks.${message.delivery}`)} · ${t('message.sentAt', { when })}`
  return (
    <span className="meta" dir="ltr" title={title}>
      <time dateTime={new Date(message.sentAt).toISOString()}>{clock(message.sentAt)}</time>
      {message.delivery === 'received' ? null : <Ticks delivery={message.delivery} />}
    </span>
  )
}

interface FailRowProps {
  message: MessageView
  writable: boolean
  acts: MessageActs
}

function FailRow({ message, writable, acts }: FailRowProps) {
  const t = useText()
  return (
    <div className="fail-row">
      <span className="why">
        {t('message.failed')} {message.failure}
      </span>
      {writable ? (
        <>
          <Button look="danger-plain" size="small" icon={RotateCw} onClick={() => acts.retry(message)}>
            {t('message.retry')}
          </Button>
          <Button look="quiet" size="small" onClick={() => acts.edit(message)}>
            {t('acts.edit')}
          </Button>
        </>
      ) : (
        <Button look="quiet" size="small" onClick={() => acts.copy(message)}>
          {t('acts.copy')}
        </Button>
      )}
      <Button look="quiet" size="small" onClick={() => acts.discard(message)}>
        {t('acts.delete')}
      </Button>
    </div>
  )
}
