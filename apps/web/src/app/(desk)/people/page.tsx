import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PeoplePage } from '../../../members/people-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.people.title }

export default function Page() {
  return (
    <Suspense>
      <PeoplePage />
    </Suspense>
  )
}
