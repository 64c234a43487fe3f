'use client'

import type { ParleyClient } from '@parley/client/client-api'
import type { Telling } from '@parley/client/notifications/telling'
import { hasMarks } from '@parley/contracts/formatting/formatted'
import { useConnection } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useEffect, useMemo, useState } from 'react'
import { useText, type Text } from '../text/use-text.ts'
import { chime } from './chime.ts'
import type { Told } from './compose-notification.ts'
import type { Say } from './say.ts'
import { allowed, setBadge, showOnDesktop, tidyDesktop } from './desktop.ts'
import { NewsToasts } from './news-toasts.tsx'
import { setRight } from './push-device.ts'
import { useOpenFromNotification } from './use-open-from-notification.ts'
import '../text/words/news.ts'

/** Reading goes on message by message; what is shown outside follows a little later. */
const TIDY_AFTER = 400

const sayer =
  (t: Text): Say =>
  (word, values = {}) =>
    t(`news.${word}`, values as never)

/** Tells the person of what arrives: in this tab if they look at it, and otherwise on the desktop. Fetched when the first page stands. */
export function BeingTold() {
  const t = useText()
  const client = useClient()
  const say = useMemo(() => sayer(t), [t])
  const [news, setNews] = useState<readonly Telling[]>([])
  useOpenFromNotification()
  useShownOutside(client)
  useSetRight(client)

  useEffect(
    () =>
      client.onNews((tellings, attended) => {
        if (client.notificationChoices().sounds) void chime()
        if (attended) {
          const told = new Set(tellings.map(({ conversationId }) => conversationId))
          setNews((before) => [
            ...before.filter(({ conversationId }) => !told.has(conversationId)).slice(-2),
            ...tellings,
          ])
        } else if (allowed()) {
          for (const telling of tellings)
            toldOf(client, telling, say)
              .then((told) => showOnDesktop(told, say))
              .catch(() => undefined)
        }
      }),
    [client, say],
  )
  const drop = (conversationId: string) =>
    setNews((before) => before.filter((one) => one.conversationId !== conversationId))
  return news.length > 0 ? <NewsToasts news={news.slice(-3)} say={say} onGone={drop} /> : null
}

/** What may stand on a screen that is not looked at. */
async function toldOf(client: ParleyClient, telling: Telling, say: Say): Promise<Told> {
  const { conversationId, number, count, mention, sentAt, senderId } = telling
  const shows = client.notificationChoices().preview && client.communication().pushContent === 'full'
  const group = client.chats().find((chat) => chat.conversationId === conversationId)?.group?.name ?? null
  const sender = client.members().get(senderId)?.name ?? say('formerMember')
  const { files } = telling
  const shown = shows ? { group, sender, text: await withoutMarks(telling.text), files } : null
  return { conversationId, number, count, mention, sentAt, shown }
}

/** As it was typed where what reads the marks cannot be had. */
async function withoutMarks(text: string): Promise<string> {
  if (!hasMarks(text)) return text
  try {
    const { plainOf } = await import('@parley/contracts/formatting/plain-of')
    return plainOf(text)
  } catch {
    return text
  }
}

/** The number on the icon, and what is shown of what was read meanwhile, here or elsewhere, or is gone. */
function useShownOutside(client: ParleyClient): void {
  useEffect(() => {
    let timer = 0
    const follow = () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => {
        // until the device has caught up, what it holds may be older than what is shown
        if (client.connection() !== 'live') return
        void setBadge(client.totalUnread())
        tidyDesktop(({ conversationId, number }) => client.isNews(conversationId, number)).catch(
          () => undefined,
        )
      }, TIDY_AFTER)
    }
    const ends = [client.subscribe('chats', follow), client.subscribe('connection', follow)]
    document.addEventListener('visibilitychange', follow)
    follow()
    return () => {
      clearTimeout(timer)
      for (const end of ends) end()
      document.removeEventListener('visibilitychange', follow)
    }
  }, [client])
}

/** Once for each time the page is opened. */
function useSetRight(client: ParleyClient): void {
  const live = useConnection() === 'live'
  useEffect(() => {
    if (live) setRight(client).catch(() => undefined)
  }, [client, live])
}
