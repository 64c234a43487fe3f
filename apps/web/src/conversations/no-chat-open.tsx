'use client'

import { useChats, useConnection } from '@parley/react/hooks'
import { MessageCircle } from 'lucide-react'
import { State } from '../controls/state.tsx'
import { isMac } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { FirstSteps } from './first-steps.tsx'

/** The main pane before a chat is picked: the first steps for the newly arrived, a hint for the others. */
export function NoChatOpen() {
  const t = useText()
  const hasChats = useChats().length > 0
  const live = useConnection() === 'live'
  return (
    <div className="centre">
      {hasChats || !live ? (
        <State icon={MessageCircle} title={t('chats.pickTitle')}>
          {t('chats.pickHint', { key: isMac() ? t('chats.findKeyMac') : t('chats.findKey') })}
        </State>
      ) : (
        <FirstSteps />
      )}
    </div>
  )
}
