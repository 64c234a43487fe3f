'use client'

import { changeOwnPassword } from '@parley/contracts/members/routes'
import { useMe, useOwnProfile } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { FormFoot } from '../controls/form-foot.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useForm } from '../controls/use-form.ts'
import { useText } from '../text/use-text.ts'
import { PasswordField } from './password-field.tsx'
import { useWeakPassword } from './use-weak-password.ts'
import '../text/words/people.ts'

const empty = { current: '', next: '' }

export function PasswordSection() {
  const t = useText()
  const client = useClient()
  const me = useMe()
  const email = useOwnProfile()?.email ?? ''
  const { say } = useToasts()
  const words = [me?.name ?? '', email]
  const weak = useWeakPassword<typeof empty>('next', () => words)
  const form = useForm(
    empty,
    changeOwnPassword.body,
    async (body, reset) => {
      await client.call('changeOwnPassword', { body })
      reset(empty)
      say(t('passwordPage.saved'))
    },
    weak,
  )
  return (
    <section className="setting">
      <p className="lead">{t('passwordPage.hint')}</p>
      <form className="card" noValidate onSubmit={form.submit}>
        <input type="text" name="username" autoComplete="username" value={email} hidden readOnly />
        <PasswordField
          label={t('passwordPage.current')}
          autoComplete="current-password"
          required
          {...form.text('current')}
        />
        <PasswordField
          label={t('passwordPage.next')}
          autoComplete="new-password"
          required
          judgeAgainst={words}
          {...form.text('next')}
        />
        <FormFoot
          message={form.message}
          busy={form.busy}
          submit={t('passwordPage.submit')}
          busyText={t('acts.saving')}
        />
      </form>
    </section>
  )
}
