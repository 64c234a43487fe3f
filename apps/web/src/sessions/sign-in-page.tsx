'use client'

import { email, password } from '@parley/contracts/members/member'
import type { SignedOutReason } from '@parley/client/client-api'
import { useSession } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Building2, Lock } from 'lucide-react'
import { useState } from 'react'
import * as z from 'zod/mini'
import { TextField } from '../controls/field.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useForm } from '../controls/use-form.ts'
import { PageLink } from '../frame/page-link.tsx'
import { PasswordField } from '../members/password-field.tsx'
import { useText } from '../text/use-text.ts'
import { AccountFrame } from './account-frame.tsx'
import { AccountSubmit } from './account-submit.tsx'
import { useLeaveWhenIn } from './use-leave-when-in.ts'
import '../text/words/account.ts'

const credentials = z.strictObject({ email, password })
type Credentials = z.output<typeof credentials>
interface Choice {
  readonly given: Credentials
  readonly organisations: readonly { readonly id: string; readonly name: string }[]
}

export function SignInPage() {
  const t = useText()
  const client = useClient()
  const [choice, setChoice] = useState<Choice | null>(null)
  useLeaveWhenIn()

  async function signIn(given: Credentials, organisationId?: string) {
    const answer = await client.call('signIn', {
      body: { ...given, ...(organisationId ? { organisationId } : {}) },
    })
    if (answer.outcome === 'choose') setChoice({ given, organisations: answer.organisations })
    else await client.adoptSession(answer)
  }
  const form = useForm({ email: '', password: '' }, credentials, (given) => signIn(given))

  if (choice) {
    return <Choose choice={choice} onPick={(id) => signIn(choice.given, id)} onBack={() => setChoice(null)} />
  }
  return (
    <AccountFrame other="sign-up" title={t('signIn.title')} lead={t('signIn.lead')}>
      <Reason />
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
        <PasswordField
          label={t('account.password')}
          autoComplete="current-password"
          required
          {...form.text('password')}
        />
        <AccountSubmit
          message={form.message}
          busy={form.busy}
          submit={t('signIn.submit')}
          busyText={t('signIn.busy')}
        />
      </form>
      <p className="after">
        <PageLink className="text-link" href="/forgot">
          {t('signIn.forgot')}
        </PageLink>
      </p>
      <p className="after">
        {t('signIn.noAccount')}{' '}
        <PageLink className="text-link" href="/sign-up">
          {t('signIn.noAccountDo')}
        </PageLink>
        .
      </p>
    </AccountFrame>
  )
}

const reasons = {
  deactivated: 'signIn.reasonDeactivated',
  deleted: 'signIn.reasonDeleted',
  ended: 'signIn.reasonEnded',
  reused: 'signIn.reasonReused',
  'password-changed': 'signIn.reasonPassword',
  'password-reset': 'signIn.reasonReset',
  expired: 'signIn.reasonExpired',
} as const satisfies Record<Exclude<SignedOutReason, 'signed-out'>, string>

/** Why somebody finds themselves here who did not sign out. */
function Reason() {
  const t = useText()
  const session = useSession()
  if (session.state !== 'signed-out' || session.reason === null || session.reason === 'signed-out')
    return null
  return (
    <p className="callout mb-4 bg-panel" role="status">
      <Lock className="i" />
      <span>{t(reasons[session.reason])}</span>
    </p>
  )
}

interface ChooseProps {
  choice: Choice
  onPick: (organisationId: string) => Promise<void>
  onBack: () => void
}

function Choose({ choice, onPick, onBack }: ChooseProps) {
  const t = useText()
  const { warn } = useToasts()
  return (
    <AccountFrame title={t('signIn.choose')} lead={t('signIn.chooseLead')}>
      <div className="card sheet">
        {choice.organisations.map(({ id, name }) => (
          <button key={id} type="button" className="pick" onClick={() => void onPick(id).catch(warn)}>
            <Building2 className="i text-ink-3" />
            <span className="fill wrap-anywhere" dir="auto">
              {name}
            </span>
          </button>
        ))}
      </div>
      <p className="after">
        <button type="button" className="text-link" onClick={onBack}>
          {t('signIn.another')}
        </button>
      </p>
    </AccountFrame>
  )
}
