'use client'

import { useSession } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { DeskBones } from '../frame/desk-frame.tsx'

/** The bare address: on to the chats, to the sign-in page, or where nobody has been yet, to the beginning. */
export function Doorway() {
  const { state } = useSession()
  const router = useRouter()
  const client = useClient()
  useEffect(() => {
    if (state === 'signed-in') router.replace('/chats')
    if (state !== 'signed-out') return
    let left = false
    void client
      .call('installation', {})
      .then(
        ({ empty }) => empty,
        () => false,
      )
      .then((empty) => (left ? undefined : router.replace(empty ? '/sign-up' : '/sign-in')))
    return () => {
      left = true
    }
  }, [client, router, state])
  return <DeskBones />
}
