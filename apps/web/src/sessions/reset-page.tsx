'use client'

import { CallFailed } from '@parley/client/call-failed'
import { newPassword } from '@parley/contracts/members/member'
import { useClient } from '@parley/react/parley-provider'
import { CircleCheck, Link2Off } from 'lucide-react'
import { useState } from 'react'
import * as z from 'zod/mini'
import { AccountSubmit } from './account-submit.tsx'
import { State } from '../controls/state.tsx'
import { useForm } from '../controls/use-form.ts'
import { PageLink } from '../frame/page-link.tsx'
import { PasswordField } from '../members/password-field.tsx'
import { useWeakPassword } from '../members/use-weak-password.ts'
import { useText } from '../text/use-text.ts'
import { AccountFrame } from './account-frame.tsx'
import { useFragmentToken } from './use-fragment-token.ts'
import '../text/words/account.ts'

const choice = z.strictObject({ password: newPassword })

const empty = { password: '' }

export function ResetPage() {
  const t = useText()
  const client = useClient()
  const token = useFragmentToken()
  const [outcome, setOutcome] = useState<'done' | 'broken' | null>(token.length < 22 ? 'broken' : null)
  const weak = useWeakPassword<typeof empty>('password')
  async function save({ password }: typeof empty) {
    try {
      await client.call('completePasswordReset', { body: { token, password } })
      setOutcome('done')
    } catch (error) {
      if (!(error instanceof CallFailed) || (error.code !== 'reset_unknown' && !('token' in error.fields)))
        throw error
      setOutcome('broken')
    }
  }
  const form = useForm(empty, choice, save, weak)

  return (
    <AccountFrame title={t('reset.title')} lead={outcome ? undefined : t('reset.lead')}>
      {outcome === 'done' ? (
        <div className="card" role="status">
          <State
            icon={CircleCheck}
            tone="accent"
            title={t('reset.doneTitle')}
            acts={
              <PageLink className="btn primary" href="/sign-in">
                {t('account.signIn')}
              </PageLink>
            }
          >
            {t('reset.doneHint')}
          </State>
        </div>
      ) : outcome === 'broken' ? (
        <div className="card" role="alert">
          <State
            icon={Link2Off}
            title={t('reset.brokenTitle')}
            acts={
              <PageLink className="btn plain" href="/forgot">
                {t('reset.again')}
              </PageLink>
            }
          >
            {t('reset.brokenHint')}
          </State>
        </div>
      ) : (
        <form className="card sheet" noValidate onSubmit={form.submit}>
          <PasswordField
            label={t('account.newPassword')}
            autoComplete="new-password"
            required
            judgeAgainst={[]}
            {...form.text('password')}
          />
          <AccountSubmit
            message={form.message}
            busy={form.busy}
            submit={t('reset.submit')}
            busyText={t('acts.saving')}
          />
        </form>
      )}
    </AccountFrame>
  )
}
