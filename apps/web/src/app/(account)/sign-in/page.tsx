import type { Metadata } from 'next'
import { Suspense } from 'react'
import { SignInPage } from '../../../sessions/sign-in-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.signIn.title }

export default function Page() {
  return (
    <Suspense>
      <SignInPage />
    </Suspense>
  )
}
