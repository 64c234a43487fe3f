'use client'

import { CallFailed } from '@parley/client/call-failed'
import { useMe, useSession } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useState } from 'react'
import { useFailureText } from '../controls/failure-text.ts'
import { useLoaded } from '../controls/use-loaded.ts'
import { AccountFrame } from '../sessions/account-frame.tsx'
import { useFragmentToken } from '../sessions/use-fragment-token.ts'
import { useText } from '../text/use-text.ts'
import { JoinForm } from './join-form.tsx'
import { AlreadyIn, BrokenInvite, type InviteFault } from './join-states.tsx'
import '../text/words/account.ts'

const faults: Readonly<Record<string, InviteFault>> = {
  invite_used: 'used',
  invite_expired: 'expired',
  invite_revoked: 'revoked',
  invite_unknown: 'unknown',
  invalid_input: 'unknown',
  not_found: 'unknown',
}

export function JoinPage() {
  const t = useText()
  const client = useClient()
  const token = useFragmentToken()
  const session = useSession()
  const me = useMe()
  const failureText = useFailureText()
  const [joining, setJoining] = useState(false)
  const load = useCallback(() => client.call('openInvite', { body: { token } }), [client, token])
  const [opening, retry] = useLoaded(load)

  if (session.state === 'signed-in' && !joining) return <AlreadyIn name={me?.name ?? ''} />
  switch (opening.state) {
    case 'loading':
      return (
        <AccountFrame title={t('join.opening')}>
          <div className="card h-64" aria-busy="true" />
        </AccountFrame>
      )
    case 'failed': {
      const fault = opening.error instanceof CallFailed ? faults[opening.error.code] : undefined
      if (fault) return <BrokenInvite fault={fault} />
      return <BrokenInvite fault="failed" why={failureText(opening.error)} onRetry={retry} />
    }
    case 'loaded':
      return <JoinForm token={token} invite={opening.value} onJoining={() => setJoining(true)} />
  }
}
