'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { useText } from '../text/use-text.ts'

/** A fault in a screen. What was typed is in the local store, so trying again loses nothing. */
export function Broken({ onRetry }: { onRetry: () => void }) {
  const t = useText()
  return (
    <main className="grid min-h-dvh place-items-center">
      <State
        icon={TriangleAlert}
        tone="red"
        alert
        title={t('failures.page')}
        acts={
          <Button look="primary" icon={RotateCw} onClick={onRetry}>
            {t('acts.tryAgain')}
          </Button>
        }
      >
        {t('failures.pageHint')}
      </State>
    </main>
  )
}
