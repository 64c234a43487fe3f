'use client'

import { State } from '../controls/state.tsx'
import { useText } from '../text/use-text.ts'
import { Again, Warning } from './plain-icon.tsx'

/** A fault in a screen. What was typed is in the local store, so trying again loses nothing. */
export function Broken({ onRetry }: { onRetry: () => void }) {
  const t = useText()
  return (
    <main className="grid min-h-dvh place-items-center">
      <State
        icon={Warning}
        tone="red"
        alert
        title={t('failures.page')}
        acts={
          <button type="button" className="btn primary" onClick={onRetry}>
            <Again className="i" />
            {t('acts.tryAgain')}
          </button>
        }
      >
        {t('failures.pageHint')}
      </State>
    </main>
  )
}
