'use client'

import type { Department } from '@parley/contracts/departments/department'
import { createDepartment } from '@parley/contracts/departments/routes'
import { useDepartments, useMembers } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Building2, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Confirm } from '../controls/confirm.tsx'
import { TextField } from '../controls/field.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { State } from '../controls/state.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useForm } from '../controls/use-form.ts'
import { AdminPage } from '../frame/admin-page.tsx'
import { compareText } from '../members/find-members.ts'
import { useText } from '../text/use-text.ts'
import { RenameDepartment } from './rename-department.tsx'
import '../text/words/admin.ts'

export function DepartmentsPage() {
  const t = useText()
  const departments = [...useDepartments().values()].sort((a, b) => compareText(a.name, b.name))
  return (
    <AdminPage section="departments">
      <div className="setting flex flex-col gap-4">
        <p className="text-sm text-ink-2">{t('departments.hint')}</p>
        <AddDepartment />
        {departments.length > 0 ? (
          <ul className="card list">
            {departments.map((department) => (
              <DepartmentItem key={department.id} department={department} />
            ))}
          </ul>
        ) : (
          <div className="card list">
            <State icon={Building2} tone="accent" title={t('departments.empty')}>
              {t('departments.emptyHint')}
            </State>
          </div>
        )}
      </div>
    </AdminPage>
  )
}

function AddDepartment() {
  const t = useText()
  const client = useClient()
  const { say } = useToasts()
  const form = useForm({ name: '' }, createDepartment.body, async (body, reset) => {
    await client.call('createDepartment', { body })
    say(t('departments.added', { name: body.name }))
    reset({ name: '' })
  })
  return (
    <form className="flex items-start gap-3" noValidate onSubmit={form.submit}>
      <TextField
        className="fill"
        label={t('departments.add')}
        autoComplete="off"
        {...form.text('name')}
        error={form.error('name') ?? form.message}
      />
      <Button type="submit" look="primary" size="big" className="mt-6" busy={form.busy}>
        {t('departments.addDo')}
      </Button>
    </form>
  )
}

function DepartmentItem({ department }: { department: Department }) {
  const t = useText()
  const client = useClient()
  const { say } = useToasts()
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null)
  const { id, name } = department
  const count = [...useMembers().values()].filter(
    (member) => member.state === 'active' && member.departmentIds.includes(id),
  ).length
  return (
    <li className="item">
      <Building2 className="i text-ink-3" />
      <span className="fill font-medium wrap-anywhere" dir="auto">
        {name}
      </span>
      <span className="text-ink-3">{t('departments.people', { count })}</span>
      <span className="tool">
        <IconButton
          icon={Pencil}
          size="small"
          label={t('departments.rename', { name })}
          tip={t('acts.rename')}
          onClick={() => setOpen('rename')}
        />
        <IconButton
          icon={Trash2}
          size="small"
          label={t('departments.remove', { name })}
          tip={t('acts.remove')}
          onClick={() => setOpen('remove')}
        />
      </span>
      {open === 'rename' ? <RenameDepartment department={department} onClose={() => setOpen(null)} /> : null}
      {open === 'remove' ? (
        <Confirm
          title={t('departments.removeTitle', { name })}
          lead={t('departments.removeHint', { count })}
          act={t('departments.removeDo')}
          danger
          onConfirm={async () => {
            await client.call('removeDepartment', { params: { departmentId: id } })
            say(t('departments.removed', { name }))
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </li>
  )
}
