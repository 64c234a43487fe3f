import type { Metadata } from 'next'
import { Suspense } from 'react'
import { SignUpPage } from '../../../organisations/sign-up-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.signUp.title }

export default function Page() {
  return (
    <Suspense>
      <SignUpPage />
    </Suspense>
  )
}
