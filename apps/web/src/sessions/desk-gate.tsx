'use client'

import { useSession } from '@parley/react/hooks'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, type ReactNode } from 'react'

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

  return session.state === 'signed-in' && !session.passwordIsTemporary ? children : waiting
}
