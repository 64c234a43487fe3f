'use client'

import '../text/words/message-menu.ts'
import type { ConversationView, MessageView } from '@parley/client/client-api'
import { useConnection } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { clsx } from 'clsx'
import { Pin, PinOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { filesText } from '../files/file-text.ts'
import { PreviewText } from '../formatting/preview-text.tsx'
import { useText } from '../text/use-text.ts'
import type { MessageActs } from './message-acts.ts'
import { useQuotedName } from './quote-block.tsx'

interface PinBannerProps {
  view: ConversationView
  acts: MessageActs
}

/** Above the stream: what is pinned, the newest first. A click leads there, and brings up the next. */
export function PinBanner({ view, acts }: PinBannerProps) {
  const pinned = usePinned(view)
  const [at, setAt] = useState(0)
  const message = pinned[at % Math.max(1, pinned.length)]
  if (!message) return null
  return (
    <Banner
      message={message}
      at={at % pinned.length}
      count={pinned.length}
      writable={view.closed === null}
      onGo={() => {
        if (message.number !== null) acts.jump(message.number)
        setAt((at + 1) % pinned.length)
      }}
      onUnpin={() => acts.pin(message, false)}
    />
  )
}

interface BannerProps {
  message: MessageView
  at: number
  count: number
  writable: boolean
  onGo: () => void
  onUnpin: () => void
}

function Banner({ message, at, count, writable, onGo, onUnpin }: BannerProps) {
  const t = useText()
  const name = useQuotedName(message.senderId, message.imported?.author)
  const title =
    count > 1
      ? t('messageMenu.pinnedOf', { at: String(at + 1), count: String(count) })
      : t('messageMenu.pinned')
  return (
    <div className="pin-banner" role="region" aria-label={t('messageMenu.pinned')}>
      <button type="button" className="go" onClick={onGo}>
        <span className="bars" aria-hidden="true">
          {Array.from({ length: count }, (_, index) => (
            <span key={index} className={clsx(index === count - 1 - at && 'on')} />
          ))}
        </span>
        <Pin className="i s" aria-hidden="true" />
        <span className="said">
          <b>{title}</b>
          <span className="cut" dir="auto">
            <bdi>{name}</bdi>:{' '}
            {message.text === '' ? (
              filesText(t, message.files)
            ) : (
              <PreviewText text={message.text.slice(0, 160)} />
            )}
          </span>
        </span>
      </button>
      {writable ? <IconButton icon={PinOff} label={t('messageMenu.unpin')} onClick={onUnpin} /> : null}
    </div>
  )
}

/** The pinned messages that are the person's to read, the newest pin first: as they are shown, else as they can be had. */
function usePinned({ conversation: { id }, pins, messages }: ConversationView): readonly MessageView[] {
  const client = useClient()
  const connection = useConnection()
  const [fetched, setFetched] = useState<ReadonlyMap<number, MessageView>>(new Map())
  const shown = new Map(messages.map((message) => [message.number, message]))
  const missing = pins.map(({ number }) => number).filter((number) => !shown.has(number))
  const wanted = missing.join(' ')
  useEffect(() => {
    if (wanted === '') return
    let over = false
    const numbers = wanted.split(' ').map(Number)
    void Promise.all(numbers.map((number) => client.pinnedMessage(id, number))).then((found) => {
      if (over) return
      const here = found.filter((message) => message !== null)
      setFetched(new Map(here.map((message) => [message.number ?? 0, message])))
    })
    return () => {
      over = true
    }
  }, [client, id, wanted, connection])
  return pins
    .map(({ number }) => shown.get(number) ?? fetched.get(number))
    .filter((message) => message !== undefined)
    .filter(({ deleted }) => !deleted)
    .toReversed()
}
