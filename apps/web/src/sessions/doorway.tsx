'use client'

import { useSession } from '@parley/react/hooks'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { DeskBones } from '../frame/desk-frame.tsx'

/** The bare address: on to the chats, or to the sign-in page. */
export function Doorway() {
  const { state } = useSession()
  const router = useRouter()
  useEffect(() => {
    if (state !== 'unknown') router.replace(state === 'signed-in' ? '/chats' : '/sign-in')
  }, [router, state])
  return <DeskBones />
}
