import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ChatsPage } from '../../../conversations/chats-page.tsx'
import { en } from '../../../text/en/en.ts'

export const metadata: Metadata = { title: en.chats.title }

export default function Page() {
  return (
    <Suspense>
      <ChatsPage />
    </Suspense>
  )
}
