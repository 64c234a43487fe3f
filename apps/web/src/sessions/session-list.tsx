'use client'

import type { Session } from '@parley/contracts/sessions/session'
import { Monitor, RotateCw, Smartphone, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { RowBones } from '../controls/bones.tsx'
import { Button } from '../controls/button.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { State } from '../controls/state.tsx'
import type { Loaded } from '../controls/use-loaded.ts'
import { useText } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import '../text/words/people.ts'

interface SessionListProps {
  sessions: Loaded<readonly Session[]>
  onRetry: () => void
  /** What can be done to one of them. */
  act?: (session: Session) => ReactNode
}

/** Devices, addresses and when they were last used; the newest first. */
export function SessionList({ sessions, onRetry, act }: SessionListProps) {
  const t = useText()
  const now = useNow()
  const failureText = useFailureText()
  if (sessions.state === 'loading') return <RowBones count={3} />
  if (sessions.state === 'failed') {
    return (
      <State
        icon={TriangleAlert}
        tone="red"
        alert
        title={t('sessionsPage.failed')}
        acts={
          <Button look="primary" icon={RotateCw} onClick={onRetry}>
            {t('acts.tryAgain')}
          </Button>
        }
      >
        {failureText(sessions.error)}
      </State>
    )
  }
  return (
    <ul>
      {[...sessions.value]
        .sort((a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt - a.lastUsedAt)
        .map((session) => {
          const Icon = /Android|iPhone|iPad|iOS/.test(session.device) ? Smartphone : Monitor
          return (
            <li className="item" key={session.id}>
              <Icon className="i l text-ink-3" />
              <span className="col fill">
                <span className="row">
                  <span className="cut font-medium">{session.device || t('sessionsPage.unknownDevice')}</span>
                  {session.current ? <span className="badge accent">{t('sessionsPage.thisOne')}</span> : null}
                </span>
                <span className="cut text-xs text-ink-3">
                  {session.address} ·{' '}
                  {session.current
                    ? t('sessionsPage.now')
                    : t('sessionsPage.lastUsed', { when: whenWithin(t, session.lastUsedAt, now) })}
                </span>
              </span>
              {act?.(session)}
            </li>
          )
        })}
    </ul>
  )
}
