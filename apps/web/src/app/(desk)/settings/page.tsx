import type { Metadata } from 'next'
import { Suspense } from 'react'
import { SettingsPage } from '../../../settings/settings-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.settings.title }

export default function Page() {
  return (
    <Suspense>
      <SettingsPage />
    </Suspense>
  )
}
