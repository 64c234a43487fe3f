'use client'

import { useWaiting } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useState, type ReactNode } from 'react'
import { Confirm } from '../controls/confirm.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'

/** Signing out wipes this device, so it asks first when something has not been sent yet. */
export function useSignOut(): { signOut: () => void; dialog: ReactNode } {
  const t = useText()
  const client = useClient()
  const waiting = useWaiting()
  const { warn } = useToasts()
  const [asking, setAsking] = useState(false)
  const signOut = () => {
    if (waiting > 0) setAsking(true)
    else client.signOut().catch(warn)
  }
  const dialog = asking ? (
    <Confirm
      title={t('signOutAsk.title')}
      lead={t('signOutAsk.hint', { count: waiting })}
      act={t('menu.signOut')}
      cancel={t('signOutAsk.stay')}
      danger
      onConfirm={() => client.signOut()}
      onClose={() => setAsking(false)}
    />
  ) : null
  return { signOut, dialog }
}
