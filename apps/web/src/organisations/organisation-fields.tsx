'use client'

import { AreaField, TextField } from '../controls/field.tsx'
import type { Form } from '../controls/use-form.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/account.ts'

export const organisationFieldNames = [
  'name',
  'address',
  'ownerName',
  'contactNumber',
  'expectedUsers',
] as const

/** The organisation's particulars, at sign-up under `organisation.` and on the admin's page without a prefix. */
export function OrganisationInputs<V extends Record<string, unknown>>({
  form,
  prefix,
}: {
  form: Form<V>
  prefix: string
}) {
  const t = useText()
  const text = (name: (typeof organisationFieldNames)[number]) => form.text(`${prefix}${name}`)
  return (
    <>
      <TextField
        className="full"
        label={t('organisation.name')}
        autoComplete="organization"
        required
        {...text('name')}
      />
      <AreaField
        className="full"
        label={t('organisation.address')}
        autoComplete="street-address"
        required
        {...text('address')}
      />
      <TextField label={t('organisation.ownerName')} autoComplete="off" required {...text('ownerName')} />
      <TextField
        label={t('organisation.contactNumber')}
        type="tel"
        dir="ltr"
        autoComplete="tel"
        required
        {...text('contactNumber')}
      />
      <TextField
        label={t('organisation.expectedUsers')}
        hint={t('organisation.expectedUsersHint')}
        inputMode="numeric"
        dir="ltr"
        autoComplete="off"
        required
        {...text('expectedUsers')}
      />
    </>
  )
}
