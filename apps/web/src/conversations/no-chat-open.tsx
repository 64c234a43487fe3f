'use client'

import { useConnection } from '@parley/react/hooks'
import { MessageCircle } from 'lucide-react'
import { State } from '../controls/state.tsx'
import { isMac } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useFirstSteps } from './use-first-steps.ts'

const FirstSteps = lazyPart(() => import('./first-steps.tsx').then((module) => module.FirstSteps))

/** The main pane before a chat is picked: the first steps for the newly arrived, a hint for the others. */
export function NoChatOpen() {
  const t = useText()
  const steps = useFirstSteps()
  const live = useConnection() === 'live'
  return (
    <div className="centre">
      {steps.over || !live ? (
        <State icon={MessageCircle} title={t('chats.pickTitle')}>
          {t('chats.pickHint', { key: isMac() ? t('chats.findKeyMac') : t('chats.findKey') })}
        </State>
      ) : (
        <FirstSteps steps={steps} />
      )}
    </div>
  )
}
