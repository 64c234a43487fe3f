import type { Metadata } from 'next'
import { Suspense } from 'react'
import { NewPasswordPage } from '../../../sessions/new-password-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.newPassword.title }

export default function Page() {
  return (
    <Suspense>
      <NewPasswordPage />
    </Suspense>
  )
}
