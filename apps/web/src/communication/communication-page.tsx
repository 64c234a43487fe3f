'use client'

import type { Communication } from '@parley/contracts/communication/communication'
import { useCommunication, useConnection } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useCallback } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { useWishes } from '../controls/use-wishes.ts'
import { AdminPage } from '../frame/admin-page.tsx'
import { useText } from '../text/use-text.ts'
import { FileRules } from './file-rules.tsx'
import { KeepingRules } from './keeping-rules.tsx'
import { OutsideRules } from './outside-rules.tsx'
import { SeeingRules } from './seeing-rules.tsx'
import { TalkRules } from './talk-rules.tsx'
import '../text/words/communication.ts'

/** Every rule as it holds now; a change of one shows and is kept at once. */
export function CommunicationPage() {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const offline = useConnection() === 'offline'
  const keep = useCallback(
    async (patch: Partial<Communication>) => {
      try {
        await client.call('changeCommunication', { body: patch })
        say(t('communication.saved'))
      } catch (error) {
        warn(error)
      }
    },
    [client, say, warn, t],
  )
  const [rules, change] = useWishes(useCommunication(), keep)

  const given = { rules, change, disabled: offline }
  return (
    <AdminPage section="communication">
      <div className="setting flex flex-col gap-5">
        <p className="lead">{t('communication.hint')}</p>
        {offline ? <p className="text-sm text-amber-ink">{t('communication.offline')}</p> : null}
        <TalkRules {...given} />
        <FileRules {...given} />
        <KeepingRules {...given} />
        <SeeingRules {...given} />
        <OutsideRules {...given} />
      </div>
    </AdminPage>
  )
}
