'use client'

import type { Organisation, OrganisationDetails } from '@parley/contracts/organisations/organisation'
import { organisationFields } from '@parley/contracts/organisations/organisation'
import { useOrganisation, useOrganisationDetails } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { RowBones } from '../controls/bones.tsx'
import { FormFoot } from '../controls/form-foot.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useForm } from '../controls/use-form.ts'
import { AdminPage } from '../frame/admin-page.tsx'
import { useText } from '../text/use-text.ts'
import { OrganisationInputs } from './organisation-fields.tsx'
import '../text/words/admin.ts'

export function OrganisationPage() {
  const t = useText()
  const organisation = useOrganisation()
  const details = useOrganisationDetails()
  return (
    <AdminPage section="organisation">
      <section className="setting">
        <p className="lead">{t('organisationPage.hint')}</p>
        {organisation && details ? (
          <OrganisationForm organisation={organisation} details={details} />
        ) : (
          <div className="card">
            <RowBones count={4} />
          </div>
        )}
      </section>
    </AdminPage>
  )
}

function OrganisationForm({
  organisation,
  details,
}: {
  organisation: Organisation
  details: OrganisationDetails
}) {
  const t = useText()
  const client = useClient()
  const { say } = useToasts()
  const initial: Record<string, string> = {
    name: organisation.name,
    address: details.address,
    ownerName: details.ownerName,
    contactNumber: details.contactNumber,
    expectedUsers: String(details.expectedUsers),
  }
  const form = useForm(initial, organisationFields, async (body) => {
    await client.call('changeOrganisation', { body })
    say(t('organisationPage.saved'))
  })
  return (
    <form className="card" noValidate onSubmit={form.submit}>
      <div className="form-grid">
        <OrganisationInputs form={form} prefix="" />
      </div>
      <FormFoot
        message={form.message}
        busy={form.busy}
        submit={t('organisationPage.submit')}
        busyText={t('acts.saving')}
      />
    </form>
  )
}
