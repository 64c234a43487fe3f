'use client'

import { CallFailed } from '@parley/client/client-api'
import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import { useMe, useSession } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useEffect, useState } from 'react'
import { useFailureText } from '../controls/failure-text.ts'
import { AccountFrame } from '../sessions/account-frame.tsx'
import { useFragmentToken } from '../sessions/use-fragment-token.ts'
import { useText } from '../text/use-text.ts'
import { JoinForm } from './join-form.tsx'
import { AlreadyIn, BrokenInvite, type InviteFault } from './join-states.tsx'

type Opened = RouteResponse<Routes['openInvite']>

const faults: Readonly<Record<string, InviteFault>> = {
  invite_used: 'used',
  invite_expired: 'expired',
  invite_revoked: 'revoked',
  invite_unknown: 'unknown',
  invalid_input: 'unknown',
  not_found: 'unknown',
}

type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly invite: Opened }
  | { readonly state: 'broken'; readonly fault: InviteFault }
  | { readonly state: 'failed'; readonly why: string }

export function JoinPage() {
  const t = useText()
  const token = useFragmentToken()
  const session = useSession()
  const me = useMe()
  const [opening, retry] = useOpening(token)
  const [joining, setJoining] = useState(false)

  if (session.state === 'signed-in' && !joining) return <AlreadyIn name={me?.name ?? ''} />
  switch (opening.state) {
    case 'opening':
      return (
        <AccountFrame title={t('join.opening')}>
          <div className="card h-64" aria-busy="true" />
        </AccountFrame>
      )
    case 'broken':
      return <BrokenInvite fault={opening.fault} />
    case 'failed':
      return <BrokenInvite fault="failed" why={opening.why} onRetry={retry} />
    case 'open':
      return <JoinForm token={token} invite={opening.invite} onJoining={() => setJoining(true)} />
  }
}

function useOpening(token: string): [Opening, () => void] {
  const client = useClient()
  const failureText = useFailureText()
  const [opening, setOpening] = useState<Opening>({ state: 'opening' })
  const open = useCallback(async () => {
    try {
      setOpening({ state: 'open', invite: await client.call('openInvite', { body: { token } }) })
    } catch (error) {
      const fault = error instanceof CallFailed ? faults[error.code] : undefined
      setOpening(fault ? { state: 'broken', fault } : { state: 'failed', why: failureText(error) })
    }
  }, [client, token, failureText])
  useEffect(() => {
    void open()
  }, [open])
  return [opening, () => void open()]
}
