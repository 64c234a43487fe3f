import type { Metadata } from 'next'
import { Suspense } from 'react'
import { JoinPage } from '../../../invites/join-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.join.opening }

export default function Page() {
  return (
    <Suspense>
      <JoinPage />
    </Suspense>
  )
}
