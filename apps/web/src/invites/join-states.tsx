'use client'

import { clsx } from 'clsx'
import { Clock, Link2Off, LogIn, RotateCw, TriangleAlert, Undo2, UserCheck } from 'lucide-react'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { AccountFrame } from '../sessions/account-frame.tsx'
import { useSignOut } from '../sessions/use-sign-out.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/account.ts'

export type InviteFault = 'used' | 'expired' | 'revoked' | 'unknown' | 'failed'

const icons = {
  used: UserCheck,
  expired: Clock,
  revoked: Undo2,
  unknown: Link2Off,
  failed: TriangleAlert,
} as const

/** Says what happened and whom to ask, and nothing about the organisation. */
export function BrokenInvite({
  fault,
  why,
  onRetry,
}: {
  fault: InviteFault
  why?: string
  onRetry?: () => void
}) {
  const t = useText()
  return (
    <AccountFrame other="sign-in" title={t(`join.${fault}Title`)}>
      <div className="card" role="status">
        <State
          icon={icons[fault]}
          {...(fault === 'failed' ? { tone: 'red' as const } : {})}
          acts={
            onRetry ? (
              <Button look="primary" icon={RotateCw} onClick={onRetry}>
                {t('acts.tryAgain')}
              </Button>
            ) : (
              <PageLink className={clsx('btn', fault === 'used' ? 'primary' : 'plain')} href="/sign-in">
                <LogIn className="i" />
                {t('join.toSignIn')}
              </PageLink>
            )
          }
        >
          {fault === 'failed' ? why : t(`join.${fault}Hint`)}
        </State>
      </div>
    </AccountFrame>
  )
}

export function AlreadyIn({ name }: { name: string }) {
  const t = useText()
  const { signOut, dialog } = useSignOut()
  return (
    <AccountFrame title={t('join.signedInTitle')}>
      <div className="card">
        <State
          icon={UserCheck}
          acts={
            <>
              <PageLink className="btn primary" href="/chats">
                {t('join.toChats')}
              </PageLink>
              <Button look="quiet" onClick={signOut}>
                {t('menu.signOut')}
              </Button>
            </>
          }
        >
          <bdi>{t('join.signedInHint', { name })}</bdi>
        </State>
      </div>
      {dialog}
    </AccountFrame>
  )
}
