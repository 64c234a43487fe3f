'use client'

import { useChats } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { RotateCw } from 'lucide-react'
import { useCallback, useEffect, useId } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { useLoaded } from '../controls/use-loaded.ts'
import { conversationName } from '../conversations/conversation-name.ts'
import { useText } from '../text/use-text.ts'
import { DeliveryList } from './delivery-list.tsx'
import '../text/words/notification.ts'

/** What is on its way changes soon. */
const LOOK_AGAIN_AFTER = 3_000

/** @param tested how many tests were sent from here; each is looked for */
export function OwnDeliveries({ tested }: { tested: number }) {
  const t = useText()
  const client = useClient()
  const chats = useChats()
  const id = useId()
  const load = useCallback(async () => (await client.call('listPushes', {})).pushes, [client])
  const [pushes, reload] = useLoaded(load)
  const waits = pushes.state === 'loaded' && pushes.value.some(({ state }) => state === 'queued')
  useEffect(() => {
    if (tested > 0) reload()
  }, [tested, reload])
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(reload, LOOK_AGAIN_AFTER)
    return () => clearInterval(timer)
  }, [waits, reload])
  return (
    <section aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id} className="fill">
          {t('ledger.title')}
        </h2>
        <IconButton icon={RotateCw} size="small" label={t('ledger.reload')} onClick={reload} />
      </header>
      <p className="hint mb-2">{t('ledger.hint')}</p>
      <div className="card list">
        <DeliveryList
          pushes={pushes}
          onRetry={reload}
          chatName={(conversationId) => {
            const chat = chats.find((one) => one.conversationId === conversationId)
            return chat ? conversationName(t, chat) : null
          }}
        />
      </div>
    </section>
  )
}
