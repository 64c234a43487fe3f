'use client'

import type { ReactNode } from 'react'
import { Mark } from '../controls/mark.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/account.ts'

interface AccountFrameProps {
  /** The other door: the question and the link in the corner. */
  other?: 'sign-in' | 'sign-up'
  narrow?: boolean
  title: ReactNode
  lead?: ReactNode
  children: ReactNode
}

/** Everything before one is in: mark above, one thing to do below. */
export function AccountFrame({ other, narrow = true, title, lead, children }: AccountFrameProps) {
  return (
    <div className="account">
      <AccountTop other={other} />
      <main id="content" className={narrow ? 'narrow' : undefined}>
        <h1 dir="auto">{title}</h1>
        {lead ? <p className="lead">{lead}</p> : <div className="h-5" />}
        {children}
      </main>
    </div>
  )
}

function AccountTop({ other }: { other?: 'sign-in' | 'sign-up' | undefined }) {
  const t = useText()
  return (
    <header className="top">
      <Mark />
      <span className="text-lg font-semibold">{t('app.name')}</span>
      <span className="fill" />
      {other ? (
        <>
          <span className="desk-only text-ink-2">
            {other === 'sign-in' ? t('account.haveAccount') : t('account.newHere')}
          </span>
          <PageLink className="btn plain" href={`/${other}`}>
            {other === 'sign-in' ? t('account.signIn') : t('account.signUp')}
          </PageLink>
        </>
      ) : null}
    </header>
  )
}

export function AccountBones() {
  return (
    <div className="account" aria-busy="true">
      <AccountTop />
    </div>
  )
}
