'use client'

import { State } from '../controls/state.tsx'
import { useText } from '../text/use-text.ts'
import { NothingFound } from './plain-icon.tsx'

export function NotFound() {
  const t = useText()
  return (
    <main className="grid min-h-dvh place-items-center">
      <State
        icon={NothingFound}
        title={t('notFound.title')}
        acts={
          <a className="btn primary" href="/chats">
            {t('notFound.home')}
          </a>
        }
      >
        {t('notFound.hint')}
      </State>
    </main>
  )
}
