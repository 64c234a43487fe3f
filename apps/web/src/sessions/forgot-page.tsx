'use client'

import { email } from '@parley/contracts/members/member'
import { useClient } from '@parley/react/parley-provider'
import { MailCheck, UserRoundCog } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import * as z from 'zod/mini'
import { TextField } from '../controls/field.tsx'
import { AccountSubmit } from './account-submit.tsx'
import { State } from '../controls/state.tsx'
import { useForm } from '../controls/use-form.ts'
import { PageLink } from '../frame/page-link.tsx'
import { useMailWorks } from '../installation/use-mail-works.ts'
import { useText } from '../text/use-text.ts'
import { AccountFrame } from './account-frame.tsx'
import '../text/words/account.ts'

const request = z.strictObject({ email })

export function ForgotPage() {
  const t = useText()
  const client = useClient()
  const mailWorks = useMailWorks()
  const [outcome, setOutcome] = useState<{ mail: 'if-known' | 'unavailable'; email: string } | null>(null)
  const form = useForm({ email: '' }, request, async (body) => {
    const { mail } = await client.call('requestPasswordReset', { body })
    setOutcome({ mail, email: body.email })
  })

  if (mailWorks === false || outcome?.mail === 'unavailable') {
    return (
      <Told
        icon={
          <State icon={UserRoundCog} tone="accent" title={t('forgot.askTitle')}>
            {t('forgot.askHint')}
          </State>
        }
      />
    )
  }
  if (outcome) {
    return (
      <Told
        icon={
          <State icon={MailCheck} tone="accent" title={t('forgot.sentTitle')}>
            {t('forgot.sentHint', { email: outcome.email })}
          </State>
        }
      />
    )
  }
  return (
    <AccountFrame other="sign-in" title={t('forgot.title')} lead={t('forgot.lead')}>
      <form className="card sheet" noValidate onSubmit={form.submit}>
        <TextField
          label={t('account.email')}
          type="email"
          dir="ltr"
          autoComplete="username"
          autoCapitalize="none"
          required
          {...form.text('email')}
        />
        <AccountSubmit
          message={form.message}
          busy={form.busy}
          submit={t('forgot.submit')}
          busyText={t('forgot.busy')}
        />
      </form>
    </AccountFrame>
  )
}

function Told({ icon }: { icon: ReactNode }) {
  const t = useText()
  return (
    <AccountFrame other="sign-in" title={t('forgot.title')}>
      <div className="card" role="status">
        {icon}
      </div>
      <p className="after">
        <PageLink className="text-link" href="/sign-in">
          {t('forgot.back')}
        </PageLink>
      </p>
    </AccountFrame>
  )
}
