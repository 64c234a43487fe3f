'use client'

import { acceptInvite } from '@parley/contracts/invites/routes'
import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import { useClient } from '@parley/react/parley-provider'
import * as z from 'zod/mini'
import { TextField } from '../controls/field.tsx'
import { AccountSubmit } from '../sessions/account-submit.tsx'
import { useForm } from '../controls/use-form.ts'
import { replacePage } from '../frame/navigation.ts'
import { PasswordField } from '../members/password-field.tsx'
import { useWeakPassword } from '../members/use-weak-password.ts'
import { AccountFrame } from '../sessions/account-frame.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/account.ts'

const person = z.pick(acceptInvite.body, { name: true, email: true, password: true })

interface JoinFormProps {
  token: string
  invite: RouteResponse<Routes['openInvite']>
  /** From here on being signed in is the aim, not an obstacle. */
  onJoining: () => void
}

export function JoinForm({ token, invite, onJoining }: JoinFormProps) {
  const t = useText()
  const client = useClient()
  const initial = { name: '', email: invite.email ?? '', password: '' }
  const wordsOf = ({ name, email }: typeof initial) => [name, email, invite.organisationName]
  const weak = useWeakPassword<typeof initial>('password', wordsOf)
  const form = useForm(
    initial,
    person,
    async (body) => {
      const signedIn = await client.call('acceptInvite', { body: { token, ...body } })
      onJoining()
      await client.adoptSession(signedIn)
      replacePage('/chats')
    },
    weak,
  )
  return (
    <AccountFrame
      title={t('join.title', { organisation: invite.organisationName })}
      lead={<bdi>{t('join.lead', { name: invite.invitedBy })}</bdi>}
    >
      <form className="card sheet" noValidate onSubmit={form.submit}>
        <TextField label={t('account.name')} autoComplete="name" required {...form.text('name')} />
        <TextField
          label={t('account.email')}
          type="email"
          dir="ltr"
          autoComplete="email"
          required
          {...form.text('email')}
        />
        <PasswordField
          label={t('account.password')}
          autoComplete="new-password"
          required
          judgeAgainst={wordsOf(form.values)}
          {...form.text('password')}
        />
        <AccountSubmit
          message={form.message}
          busy={form.busy}
          submit={t('join.submit')}
          busyText={t('join.busy')}
        />
      </form>
    </AccountFrame>
  )
}
