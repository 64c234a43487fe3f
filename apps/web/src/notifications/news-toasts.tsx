'use client'

import type { Telling } from '@parley/client/notifications/telling'
import { useChats, useMember } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { useEffect } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { PreviewText } from '../formatting/preview-text.tsx'
import { isPlainClick, messageAddress, useGo } from '../frame/navigation.ts'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'
import type { Say } from './say.ts'
import { filesWord } from './files-word.ts'
import '../text/words/news.ts'

const SHOWN_FOR = 6_000
const LETTERS = 200

interface NewsToastsProps {
  /** One of each chat. */
  readonly news: readonly Telling[]
  readonly say: Say
  readonly onGone: (conversationId: string) => void
}

/** What has just been written in other chats than the one that is open. */
export function NewsToasts({ news, say, onGone }: NewsToastsProps) {
  const t = useText()
  return (
    <Toast.Provider swipeDirection="up" duration={SHOWN_FOR} label={t('news.region')}>
      {news.map((telling) => (
        <NewsToast
          key={telling.conversationId}
          telling={telling}
          say={say}
          onGone={() => onGone(telling.conversationId)}
        />
      ))}
      <Toast.Viewport className="toasts news" label={t('news.region')} />
    </Toast.Provider>
  )
}

interface NewsToastProps {
  readonly telling: Telling
  readonly say: Say
  readonly onGone: () => void
}

function NewsToast({ telling, say, onGone }: NewsToastProps) {
  const t = useText()
  const go = useGo()
  const client = useClient()
  // Not the conversation itself: who listens to that counts as showing it.
  const chat = useChats().find(({ conversationId }) => conversationId === telling.conversationId)
  const sender = useMember(telling.senderId)
  const group = chat?.group ?? null
  const name = sender?.name ?? t('news.formerMember')
  const text = (telling.text || filesWord(telling.files, say)).slice(0, LETTERS)
  const address = messageAddress(telling)
  // read meanwhile, here or on another device, lost or deleted
  const over = chat === undefined || !client.isNews(telling.conversationId, telling.number)
  useEffect(() => {
    if (over) onGone()
  })
  return (
    <Toast.Root
      className="toast"
      // a new message begins its time anew
      key={telling.number}
      onOpenChange={(open) => (open ? undefined : onGone())}
    >
      <Toast.Action asChild altText={t('news.open', { name: group?.name ?? name })}>
        <a
          className="news-link"
          href={address}
          onClick={(event) => {
            if (!isPlainClick(event)) return
            event.preventDefault()
            go(address)
          }}
        >
          {group ? (
            <GroupAvatar conversationId={telling.conversationId} group={group} size="s" />
          ) : (
            <Avatar member={sender} size="s" />
          )}
          <span className="col fill">
            <span className="row">
              <Toast.Title className="cut font-semibold" dir="auto">
                {group ? group.name : name}
              </Toast.Title>
              {telling.count > 1 ? <span className="pill">{telling.count}</span> : null}
            </span>
            <Toast.Description className="cut-two" dir="auto">
              <PreviewText text={group ? say('inGroup', { name, text }) : text} />
            </Toast.Description>
          </span>
        </a>
      </Toast.Action>
      <Toast.Close asChild>
        <IconButton icon={X} label={t('acts.dismiss')} size="small" />
      </Toast.Close>
    </Toast.Root>
  )
}
