import type { Metadata } from 'next'
import { Suspense } from 'react'
import { DepartmentsPage } from '../../../../departments/departments-page.tsx'
import { en } from '../../../../text/en/en.ts'

export const metadata: Metadata = { title: en.departments.title }

export default function Page() {
  return (
    <Suspense>
      <DepartmentsPage />
    </Suspense>
  )
}
