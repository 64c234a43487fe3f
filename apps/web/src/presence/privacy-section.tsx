'use client'

import type { Privacy } from '@parley/contracts/members/member'
import { mayHide, NOTHING_HIDDEN } from '@parley/contracts/members/privacy'
import { useCommunication, useConnection, useOwnProfile } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useCallback } from 'react'
import { SwitchRule } from '../communication/rule-row.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useWishes } from '../controls/use-wishes.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/notification.ts'

const kinds = ['appearOffline', 'hideLastSeen', 'hideSeen'] as const

/** What one hides of oneself, as far as the organisation's rules allow it. */
export function PrivacySection() {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const may = mayHide(useCommunication())
  const offline = useConnection() === 'offline'
  const keep = useCallback(
    (patch: Partial<Privacy>) => client.call('changePrivacy', { body: patch }).then(() => undefined, warn),
    [client, warn],
  )
  const [privacy, change] = useWishes(useOwnProfile()?.privacy ?? NOTHING_HIDDEN, keep)
  return (
    <section className="setting">
      <p className="lead">{t('privacy.hint')}</p>
      {offline ? <p className="mb-3 text-sm text-amber-ink">{t('privacy.offline')}</p> : null}
      <div className="card rules">
        {kinds.map((kind) => {
          const on = privacy[kind] && may[kind]
          return (
            <SwitchRule
              key={kind}
              label={t(`privacy.${kind}`)}
              hint={t(`privacy.${kind}${may[kind] ? (on ? 'On' : 'Off') : 'Never'}`)}
              on={on}
              disabled={offline || !may[kind]}
              onChange={(next) => void change({ [kind]: next })}
            />
          )
        })}
      </div>
    </section>
  )
}
