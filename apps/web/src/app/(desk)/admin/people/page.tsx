import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AdminPeoplePage } from '../../../../members/admin/admin-people-page.tsx'
import { en } from '../../../../text/en/en.ts'

export const metadata: Metadata = { title: en.adminPeople.members }

export default function Page() {
  return (
    <Suspense>
      <AdminPeoplePage />
    </Suspense>
  )
}
