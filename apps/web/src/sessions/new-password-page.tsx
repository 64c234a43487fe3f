'use client'

import { changeOwnPassword } from '@parley/contracts/members/routes'
import { useSession } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useEffect } from 'react'
import { AccountSubmit } from './account-submit.tsx'
import { useForm } from '../controls/use-form.ts'
import { replacePage } from '../frame/navigation.ts'
import { PasswordField } from '../members/password-field.tsx'
import { useWeakPassword } from '../members/use-weak-password.ts'
import { useText } from '../text/use-text.ts'
import { AccountFrame, AccountBones } from './account-frame.tsx'
import { useSignOut } from './use-sign-out.tsx'
import '../text/words/account.ts'

const empty = { current: '', next: '' }

/** Whoever came in with a temporary password gets no further before choosing their own. */
export function NewPasswordPage() {
  const t = useText()
  const client = useClient()
  const session = useSession()
  const { signOut, dialog } = useSignOut()
  const forced = session.state === 'signed-in' && session.passwordIsTemporary
  const weak = useWeakPassword<typeof empty>('next')
  const form = useForm(
    empty,
    changeOwnPassword.body,
    async (body) => {
      await client.call('changeOwnPassword', { body })
      await client.adoptSession({ ...(await client.call('currentSession', {})), passwordIsTemporary: false })
    },
    weak,
  )

  useEffect(() => {
    if (session.state === 'signed-out') replacePage('/sign-in')
    else if (session.state === 'signed-in' && !session.passwordIsTemporary) replacePage('/chats')
  }, [session])

  if (!forced) return <AccountBones />
  return (
    <AccountFrame title={t('newPassword.title')} lead={t('newPassword.lead')}>
      <form className="card sheet" noValidate onSubmit={form.submit}>
        <PasswordField
          label={t('newPassword.current')}
          autoComplete="current-password"
          required
          {...form.text('current')}
        />
        <PasswordField
          label={t('account.newPassword')}
          autoComplete="new-password"
          required
          judgeAgainst={[]}
          {...form.text('next')}
        />
        <AccountSubmit
          message={form.message}
          busy={form.busy}
          submit={t('newPassword.submit')}
          busyText={t('acts.saving')}
        />
      </form>
      <p className="after">
        <button type="button" className="text-link" onClick={signOut}>
          {t('menu.signOut')}
        </button>
      </p>
      {dialog}
    </AccountFrame>
  )
}
