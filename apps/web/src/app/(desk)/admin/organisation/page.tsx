import type { Metadata } from 'next'
import { Suspense } from 'react'
import { OrganisationPage } from '../../../../organisations/organisation-page.tsx'
import { en } from '../../../../text/en/en.ts'

export const metadata: Metadata = { title: en.organisationPage.title }

export default function Page() {
  return (
    <Suspense>
      <OrganisationPage />
    </Suspense>
  )
}
