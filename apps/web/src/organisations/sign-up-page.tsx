'use client'

import { signUpForm } from '@parley/contracts/organisations/routes'
import { useClient } from '@parley/react/parley-provider'
import { Button } from '../controls/button.tsx'
import { TextField } from '../controls/field.tsx'
import { useForm, type Form } from '../controls/use-form.ts'
import { PasswordField } from '../members/password-field.tsx'
import { useWeakPassword } from '../members/use-weak-password.ts'
import { AccountFrame } from '../sessions/account-frame.tsx'
import { useLeaveWhenIn } from '../sessions/use-leave-when-in.ts'
import { useText } from '../text/use-text.ts'
import { OrganisationInputs } from './organisation-fields.tsx'
import '../text/words/account.ts'

const empty: Record<string, string> = {
  'admin.name': '',
  'admin.email': '',
  'admin.password': '',
  'organisation.name': '',
  'organisation.address': '',
  'organisation.ownerName': '',
  'organisation.contactNumber': '',
  'organisation.expectedUsers': '',
}

const wordsOf = (values: typeof empty) =>
  ['admin.name', 'admin.email', 'organisation.name'].map((name) => values[name] ?? '')

export function SignUpPage() {
  const t = useText()
  const client = useClient()
  useLeaveWhenIn()
  const weak = useWeakPassword<typeof empty>('admin.password', wordsOf)
  const form = useForm(
    empty,
    signUpForm,
    async (body) => {
      await client.adoptSession(await client.call('signUp', { body }))
    },
    weak,
  )

  return (
    <AccountFrame other="sign-in" narrow={false} title={t('signUp.title')} lead={t('signUp.lead')}>
      <form className="card" noValidate onSubmit={form.submit}>
        <section aria-labelledby="about-you">
          <div className="col gap-1">
            <h2 id="about-you">{t('signUp.you')}</h2>
            <p className="text-sm text-ink-2">{t('signUp.youHint')}</p>
          </div>
          <AboutYou form={form} />
        </section>
        <section aria-labelledby="about-it">
          <div className="col gap-1">
            <h2 id="about-it">{t('signUp.organisation')}</h2>
            <p className="text-sm text-ink-2">{t('signUp.organisationHint')}</p>
          </div>
          <div className="grid2">
            <OrganisationInputs form={form} prefix="organisation." />
          </div>
        </section>
        <div className="end">
          <p className="say bad fill" role="alert">
            {form.message}
          </p>
          <Button type="submit" look="primary" size="big" busy={form.busy}>
            {form.busy ? t('signUp.busy') : t('signUp.submit')}
          </Button>
        </div>
      </form>
    </AccountFrame>
  )
}

function AboutYou({ form }: { form: Form<Record<string, string>> }) {
  const t = useText()
  return (
    <div className="grid2">
      <TextField label={t('account.name')} autoComplete="name" required {...form.text('admin.name')} />
      <TextField
        label={t('account.email')}
        type="email"
        dir="ltr"
        autoComplete="email"
        required
        {...form.text('admin.email')}
      />
      <PasswordField
        className="full"
        label={t('account.password')}
        autoComplete="new-password"
        required
        judgeAgainst={wordsOf(form.values)}
        {...form.text('admin.password')}
      />
    </div>
  )
}
