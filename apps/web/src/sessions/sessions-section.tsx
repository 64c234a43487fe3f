'use client'

import { useClient } from '@parley/react/parley-provider'
import { useCallback, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Confirm } from '../controls/confirm.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useLoaded } from '../controls/use-loaded.ts'
import { useText } from '../text/use-text.ts'
import { SessionList } from './session-list.tsx'
import { useUnsentSentence } from './use-unsent.ts'
import '../text/words/people.ts'

export function SessionsSection() {
  const t = useText()
  const client = useClient()
  const unsent = useUnsentSentence()
  const { say, warn } = useToasts()
  const [asking, setAsking] = useState<{ readonly loss: string | null } | null>(null)
  const load = useCallback(async () => (await client.call('listSessions', {})).sessions, [client])
  const [sessions, reload] = useLoaded(load)

  async function end(sessionId: string) {
    try {
      await client.call('endSession', { params: { sessionId } })
      say(t('sessionsPage.ended'))
    } catch (error) {
      warn(error)
    }
    reload()
  }

  return (
    <section className="setting">
      <p className="lead">{t('sessionsPage.hint')}</p>
      <div className="card list">
        <SessionList
          sessions={sessions}
          onRetry={reload}
          act={(session) =>
            session.current ? null : (
              <Button
                size="small"
                aria-label={t('sessionsPage.endLabel', { device: session.device })}
                onClick={() => void end(session.id)}
              >
                {t('sessionsPage.end')}
              </Button>
            )
          }
        />
      </div>
      <div className="mt-4">
        <Button look="danger-plain" onClick={() => setAsking({ loss: unsent() })}>
          {t('sessionsPage.everywhere')}
        </Button>
      </div>
      {asking ? (
        <Confirm
          title={t('sessionsPage.everywhereTitle')}
          lead={[asking.loss, t('sessionsPage.everywhereHint')].filter(Boolean).join(' ')}
          act={t('sessionsPage.everywhere')}
          danger
          onConfirm={() => client.signOut(true)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </section>
  )
}
