'use client'

import type { MessageView } from '@parley/client/client-api'
import { useMembers } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useEffect } from 'react'
import { Button } from '../controls/button.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { useLoaded } from '../controls/use-loaded.ts'
import { DetailsPane } from '../frame/details-pane.tsx'
import { Avatar } from '../members/avatar.tsx'
import '../text/words/group-pane.ts'
import { useText } from '../text/use-text.ts'
import { useNow } from '../time/use-now.ts'
import { clock, whenShort } from '../time/format.ts'
import { MessageText } from './message-text.tsx'
import { receiptsOf, type Receipt } from './receipts.ts'
import { Ticks, type OwnDelivery } from './ticks.tsx'

/** Others' marks in a group are not told one by one; while the pane is open they are asked for again, in ms. */
const ASKED_AGAIN = 10_000

interface MessageInfoProps {
  message: MessageView
  onClose: () => void
}

/** How far an own message has come: whom it reached, who has seen it, and when. */
export function MessageInfo({ message, onClose }: MessageInfoProps) {
  const t = useText()
  const now = useNow()
  const delivery = message.delivery === 'received' ? 'seen' : message.delivery
  return (
    <DetailsPane title={t('message.infoTitle')} onClose={onClose}>
      <div className="quoted own">
        <div className="bubble">
          <div className="words" dir="auto">
            <MessageText text={message.text} mentions={message.mentions} />
            <span className="meta" dir="ltr">
              <time>{clock(message.sentAt)}</time>
              <Ticks delivery={delivery} />
            </span>
          </div>
        </div>
      </div>
      <section className="sect">
        <ul className="receipts">
          <li className={message.number === null ? 'off' : undefined}>
            <span aria-hidden="true">
              <Ticks delivery="sent" />
            </span>
            <span className="fill">{t('message.infoSent')}</span>
            <span>
              {message.number === null ? t('message.infoNotYet') : whenShort(t, message.sentAt, now)}
            </span>
          </li>
        </ul>
      </section>
      {message.number === null ? null : <Reached message={message} number={message.number} />}
    </DetailsPane>
  )
}

function Reached({ message, number }: { message: MessageView; number: number }) {
  const t = useText()
  const client = useClient()
  const failureText = useFailureText()
  const { conversationId, senderId, delivery } = message
  const load = useCallback(
    () => client.call('listMarks', { params: { conversationId } }),
    [client, conversationId],
  )
  const [loaded, again] = useLoaded(load)
  useEffect(again, [again, delivery])
  useEffect(() => {
    const timer = setInterval(again, ASKED_AGAIN)
    return () => clearInterval(timer)
  }, [again])
  if (loaded.state === 'failed') {
    return (
      <section className="sect text-sm text-ink-2" role="alert">
        <p className="mb-2">{failureText(loaded.error)}</p>
        <Button size="small" onClick={again}>
          {t('acts.tryAgain')}
        </Button>
      </section>
    )
  }
  if (loaded.state === 'loading') return <section className="sect" aria-busy="true" />
  const { seen, delivered, waiting } = receiptsOf(loaded.value.marks, number, senderId)
  return (
    <>
      <People title={t('receipts.seen')} tick="seen" receipts={seen} />
      <People title={t('receipts.delivered')} tick="delivered" receipts={delivered} />
      <People title={t('receipts.waiting')} tick="sent" receipts={waiting} />
    </>
  )
}

interface PeopleProps {
  title: string
  tick: OwnDelivery
  receipts: readonly Receipt[]
}

function People({ title, tick, receipts }: PeopleProps) {
  const t = useText()
  const now = useNow()
  const members = useMembers()
  if (receipts.length === 0) return null
  return (
    <section className="sect" aria-label={title}>
      <header>
        <h3 className="row">
          <span aria-hidden="true">
            <Ticks delivery={tick} />
          </span>
          {title}
        </h3>
        <span className="n text-ink-3">{receipts.length}</span>
      </header>
      <ul>
        {receipts.map(({ memberId, at, atTheLatest }) => {
          const member = members.get(memberId) ?? null
          const when = at === null ? '' : whenShort(t, at, now)
          return (
            <li className="person" key={memberId}>
              <Avatar member={member} size="sm" />
              <span className="fill cut text-sm font-medium" dir="auto">
                {member?.name ?? t('chats.formerMember')}
              </span>
              <span className="text-xs text-ink-3">{atTheLatest ? t('receipts.by', { when }) : when}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
