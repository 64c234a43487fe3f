'use client'

import type { MessageView } from '@parley/client/client-api'
import { DetailsPane } from '../frame/details-pane.tsx'
import { useText } from '../text/use-text.ts'
import { useNow } from '../time/use-now.ts'
import { clock, whenShort } from '../time/format.ts'
import { MessageText } from './message-text.tsx'
import { Ticks, type OwnDelivery } from './ticks.tsx'

const steps = ['sent', 'delivered', 'seen'] as const
const reached: Record<OwnDelivery, number> = {
  queued: 0,
  sending: 0,
  failed: 0,
  sent: 1,
  delivered: 2,
  seen: 3,
}

interface MessageInfoProps {
  message: MessageView
  /** The other person's name. */
  name: string
  onClose: () => void
}

/** How far an own message has come. */
export function MessageInfo({ message, name, onClose }: MessageInfoProps) {
  const t = useText()
  const words = {
    sent: t('message.infoSent'),
    delivered: t('message.infoDelivered', { name }),
    seen: t('message.infoSeen', { name }),
  }
  const now = useNow()
  const delivery = message.delivery === 'received' ? 'seen' : message.delivery
  return (
    <DetailsPane title={t('message.infoTitle')} onClose={onClose}>
      <div className="quoted own">
        <div className="bubble">
          <div className="words" dir="auto">
            <MessageText text={message.text} />
            <span className="meta" dir="ltr">
              <time>{clock(message.sentAt)}</time>
              <Ticks delivery={delivery} />
            </span>
          </div>
        </div>
      </div>
      <section className="sect">
        <ul className="receipts">
          {steps.map((step, index) => {
            const done = reached[delivery] > index
            return (
              <li key={step} className={done ? undefined : 'off'}>
                <span aria-hidden="true">
                  <Ticks delivery={step} />
                </span>
                <bdi className="fill wrap-anywhere">{words[step]}</bdi>
                <span>
                  {!done
                    ? t('message.infoNotYet')
                    : step === 'sent'
                      ? whenShort(t, message.sentAt, now)
                      : t('message.infoYes')}
                </span>
              </li>
            )
          })}
        </ul>
      </section>
    </DetailsPane>
  )
}
