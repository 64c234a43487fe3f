'use client'

import { useSession } from '@parley/react/hooks'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, type ReactNode } from 'react'
import { PICTURE_CACHE } from '../service-worker/cache-names.ts'

/** Lets only the signed-in in; everybody else sees `waiting` on their way to the right door. */
export function DeskGate({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const session = useSession()
  const router = useRouter()
  const path = usePathname()
  const away =
    session.state === 'signed-out'
      ? `/sign-in${path === '/chats' || path === '/' ? '' : `?next=${encodeURIComponent(path)}`}`
      : session.state === 'signed-in' && session.passwordIsTemporary
        ? '/new-password'
        : null

  useEffect(() => {
    if (away) router.replace(away)
  }, [away, router])
  useEffect(() => {
    // The client wipes its own store; the pictures of colleagues are kept by the service worker.
    if (session.state === 'signed-out' && 'caches' in window) void caches.delete(PICTURE_CACHE)
  }, [session.state])

  return session.state === 'signed-in' && !session.passwordIsTemporary ? children : waiting
}
