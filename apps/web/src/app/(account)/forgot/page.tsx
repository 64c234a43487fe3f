import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ForgotPage } from '../../../sessions/forgot-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.forgot.title }

export default function Page() {
  return (
    <Suspense>
      <ForgotPage />
    </Suspense>
  )
}
