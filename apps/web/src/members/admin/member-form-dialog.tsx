'use client'

import type { Member } from '@parley/contracts/members/member'
import { memberForm } from '@parley/contracts/members/routes'
import { useAccounts } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import * as z from 'zod/mini'
import { Button } from '../../controls/button.tsx'
import { CopyButton } from '../../controls/copy-button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { SelectField, TextField } from '../../controls/field.tsx'
import { useToasts } from '../../controls/toasts.tsx'
import { useForm, type TextInput } from '../../controls/use-form.ts'
import { DepartmentsField } from '../../departments/departments-field.tsx'
import { useText } from '../../text/use-text.ts'
import { PasswordField } from '../password-field.tsx'
import { useWeakPassword } from '../use-weak-password.ts'
import { generatePassword } from './generate-password.ts'
import '../../text/words/admin.ts'

const editForm = z.omit(memberForm, { password: true })

/** Adds a member, or changes one. */
export function MemberFormDialog({ member, onClose }: { member: Member | null; onClose: () => void }) {
  return member ? <EditMember member={member} onClose={onClose} /> : <AddMember onClose={onClose} />
}

function AddMember({ onClose }: { onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const { say } = useToasts()
  const initial = {
    name: '',
    email: '',
    role: 'member',
    departmentIds: [] as readonly string[],
    password: '',
  }
  const weak = useWeakPassword<typeof initial>('password', ({ name, email }) => [name, email])
  const form = useForm(
    initial,
    memberForm,
    async (body) => {
      await client.call('createMember', { body })
      say(t('memberForm.added', { name: body.name }))
      onClose()
    },
    weak,
  )
  return (
    <Dialog title={t('memberForm.addTitle')} onClose={onClose}>
      <form noValidate onSubmit={form.submit}>
        <div className="dialog-body">
          <Inputs
            text={form.text}
            departmentIds={form.values.departmentIds}
            onDepartments={(ids) => form.set('departmentIds', ids)}
          />
          <PasswordField
            label={t('memberForm.password')}
            hint={
              <span className="row">
                <span className="fill">{t('memberForm.passwordHint')}</span>
                {form.values.password ? (
                  <CopyButton text={form.values.password} label={t('memberForm.copyPassword')} />
                ) : null}
                <Button size="small" onClick={() => form.set('password', generatePassword())}>
                  {t('memberForm.generate')}
                </Button>
              </span>
            }
            autoComplete="new-password"
            required
            judgeAgainst={[form.values.name, form.values.email]}
            {...form.text('password')}
          />
        </div>
        <Foot message={form.message} busy={form.busy} submit={t('memberForm.addSubmit')} onClose={onClose} />
      </form>
    </Dialog>
  )
}

function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const { say } = useToasts()
  const account = useAccounts().get(member.id)
  const initial = {
    name: member.name,
    email: account?.email ?? '',
    role: member.role as string,
    departmentIds: member.departmentIds as readonly string[],
  }
  const form = useForm(initial, editForm, async (body) => {
    await client.call('changeMember', { params: { memberId: member.id }, body })
    say(t('memberForm.changed'))
    onClose()
  })
  return (
    <Dialog title={t('memberForm.editTitle', { name: member.name })} onClose={onClose}>
      <form noValidate onSubmit={form.submit}>
        <div className="dialog-body">
          <Inputs
            text={form.text}
            departmentIds={form.values.departmentIds}
            onDepartments={(ids) => form.set('departmentIds', ids)}
          />
        </div>
        <Foot message={form.message} busy={form.busy} submit={t('memberForm.editSubmit')} onClose={onClose} />
      </form>
    </Dialog>
  )
}

interface InputsProps {
  text: (name: 'name' | 'email' | 'role') => TextInput
  departmentIds: readonly string[]
  onDepartments: (ids: readonly string[]) => void
}

function Inputs({ text, departmentIds, onDepartments }: InputsProps) {
  const t = useText()
  return (
    <>
      <TextField label={t('memberForm.name')} autoComplete="off" required {...text('name')} />
      <TextField
        label={t('memberForm.email')}
        type="email"
        dir="ltr"
        autoComplete="off"
        required
        {...text('email')}
      />
      <div className="form-grid">
        <SelectField label={t('memberForm.role')} {...text('role')}>
          <option value="member">{t('roles.member')}</option>
          <option value="manager">{t('roles.manager')}</option>
          <option value="admin">{t('roles.admin')}</option>
        </SelectField>
        <DepartmentsField
          label={t('memberForm.departments')}
          value={departmentIds}
          onChange={onDepartments}
        />
      </div>
    </>
  )
}

interface FootProps {
  message: string | null
  busy: boolean
  submit: string
  onClose: () => void
}

function Foot({ message, busy, submit, onClose }: FootProps) {
  const t = useText()
  return (
    <div className="dialog-foot">
      <p className="say bad fill" role="alert">
        {message}
      </p>
      <Button look="quiet" onClick={onClose}>
        {t('acts.cancel')}
      </Button>
      <Button type="submit" look="primary" busy={busy}>
        {busy ? t('acts.saving') : submit}
      </Button>
    </div>
  )
}
