'use client'

import { createInvite, INVITE_DEFAULT_DAYS } from '@parley/contracts/invites/routes'
import { useClient } from '@parley/react/parley-provider'
import { useState } from 'react'
import * as z from 'zod/mini'
import { Button } from '../controls/button.tsx'
import { SelectField, TextField } from '../controls/field.tsx'
import { useForm } from '../controls/use-form.ts'
import { DepartmentsField } from '../departments/departments-field.tsx'
import { useText } from '../text/use-text.ts'
import { inviteLink } from './invite-link.ts'
import { MadeLink, type Made } from './made-link.tsx'
import '../text/words/admin.ts'

/** An empty field means: no e-mail. */
const inviteForm = z.pipe(
  z.transform((given) =>
    given && typeof given === 'object' && 'email' in given && given.email === ''
      ? { ...given, email: null }
      : given,
  ),
  createInvite.body,
)
const DAYS = [1, 3, INVITE_DEFAULT_DAYS, 14, 30, 90] as const

/** Makes an invitation. The link is shown here, once. */
export function InviteSection() {
  const t = useText()
  const client = useClient()
  const [made, setMade] = useState<Made | null>(null)
  const initial = {
    email: '',
    role: 'member',
    departmentIds: [] as readonly string[],
    expiresInDays: INVITE_DEFAULT_DAYS as number,
  }
  const form = useForm(initial, inviteForm, async (body, reset) => {
    const answer = await client.call('createInvite', { body })
    const days = body.expiresInDays
    setMade({
      inviteId: answer.invite.id,
      link: inviteLink(answer.token),
      mailedTo: answer.mailed ? answer.invite.email : null,
      days,
      createdAt: answer.invite.createdAt,
    })
    reset({ ...initial, role: body.role, departmentIds: body.departmentIds, expiresInDays: days })
  })

  return (
    <section className="card" aria-labelledby="invite">
      <header>
        <h2 id="invite">{t('invites.title')}</h2>
        <span className="text-xs text-ink-3">{t('invites.hint')}</span>
      </header>
      <form className="invite" noValidate onSubmit={form.submit}>
        <TextField
          label={t('invites.email')}
          type="email"
          dir="ltr"
          autoComplete="off"
          placeholder={t('invites.emailExample')}
          {...form.text('email')}
          error={form.error('email') ?? form.message}
        />
        <SelectField label={t('invites.role')} {...form.text('role')}>
          <option value="member">{t('roles.member')}</option>
          <option value="manager">{t('roles.manager')}</option>
          <option value="admin">{t('roles.admin')}</option>
        </SelectField>
        <DepartmentsField
          label={t('invites.departments')}
          value={form.values.departmentIds}
          onChange={(ids) => form.set('departmentIds', ids)}
        />
        <SelectField
          label={t('invites.validFor')}
          value={String(form.values.expiresInDays)}
          onChange={(event) => form.set('expiresInDays', Number(event.target.value))}
        >
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {t('invites.days', { count: days })}
            </option>
          ))}
        </SelectField>
        <Button type="submit" look="primary" busy={form.busy}>
          {form.busy ? t('invites.busy') : t('invites.make')}
        </Button>
      </form>
      <div role="status">{made ? <MadeLink key={made.link} made={made} /> : null}</div>
    </section>
  )
}
