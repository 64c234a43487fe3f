'use client'

import type { Department } from '@parley/contracts/departments/department'
import { renameDepartment } from '@parley/contracts/departments/routes'
import { useClient } from '@parley/react/parley-provider'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { TextField } from '../controls/field.tsx'
import { useForm } from '../controls/use-form.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/admin.ts'

export function RenameDepartment({ department, onClose }: { department: Department; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const form = useForm({ name: department.name }, renameDepartment.body, async (body) => {
    await client.call('renameDepartment', { params: { departmentId: department.id }, body })
    onClose()
  })
  return (
    <Dialog title={t('departments.renameTitle')} small onClose={onClose}>
      <form noValidate onSubmit={form.submit}>
        <div className="dialog-body">
          <TextField
            label={t('departments.name')}
            autoComplete="off"
            {...form.text('name')}
            error={form.error('name') ?? form.message}
          />
        </div>
        <div className="dialog-foot">
          <Button look="quiet" onClick={onClose}>
            {t('acts.cancel')}
          </Button>
          <Button type="submit" look="primary" busy={form.busy}>
            {t('acts.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
