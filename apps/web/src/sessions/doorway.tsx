'use client'

import { useSession } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useEffect } from 'react'
import { DeskBones } from '../frame/desk-frame.tsx'
import { replacePage } from '../frame/navigation.ts'

/** The bare address: on to the chats, to the sign-in page, or where nobody has been yet, to the beginning. */
export function Doorway() {
  const { state } = useSession()
  const client = useClient()
  useEffect(() => {
    if (state === 'signed-in') replacePage('/chats')
    if (state !== 'signed-out') return
    let left = false
    void client
      .call('installation', {})
      .then(
        ({ empty }) => empty,
        () => false,
      )
      .then((empty) => (left ? undefined : replacePage(empty ? '/sign-up' : '/sign-in')))
    return () => {
      left = true
    }
  }, [client, state])
  return <DeskBones />
}
