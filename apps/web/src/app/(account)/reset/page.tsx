import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ResetPage } from '../../../sessions/reset-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.reset.title }

export default function Page() {
  return (
    <Suspense>
      <ResetPage />
    </Suspense>
  )
}
