'use client'

import { useClient } from '@parley/react/parley-provider'
import { useState, type ReactNode } from 'react'
import { Confirm } from '../controls/confirm.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { useUnsentSentence } from './use-unsent.ts'
import '../text/words/account.ts'

/** Signing out wipes this device, so it asks first when something that was typed would be lost. */
export function useSignOut(): { signOut: () => void; dialog: ReactNode } {
  const t = useText()
  const client = useClient()
  const unsent = useUnsentSentence()
  const { warn } = useToasts()
  const [asking, setAsking] = useState<string | null>(null)
  const signOut = () => {
    const loss = unsent()
    if (loss === null) client.signOut().catch(warn)
    else setAsking(loss)
  }
  const dialog =
    asking === null ? null : (
      <Confirm
        title={t('signOutAsk.title')}
        lead={asking}
        act={t('menu.signOut')}
        cancel={t('signOutAsk.stay')}
        danger
        onConfirm={() => client.signOut()}
        onClose={() => setAsking(null)}
      />
    )
  return { signOut, dialog }
}
