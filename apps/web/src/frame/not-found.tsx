'use client'

import { SearchX } from 'lucide-react'
import { State } from '../controls/state.tsx'
import { useText } from '../text/use-text.ts'

export function NotFound() {
  const t = useText()
  return (
    <main className="grid min-h-dvh place-items-center">
      <State
        icon={SearchX}
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
