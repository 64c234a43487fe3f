'use client'

import type { SessionState } from '@parley/client/client-api'
import { useSession } from '@parley/react/hooks'
import { useEffect, type ReactNode } from 'react'
import { fetchModule } from '../frame/fetch-module.ts'
import { replacePage, usePath } from '../frame/navigation.ts'
import { forgetAllUrls } from '../files/object-urls.ts'
import { PICTURE_CACHE } from '../service-worker/cache-names.ts'

/** Null lets in. Whoever was put out comes back to the same page; whoever left of their own will starts afresh. */
function whereTo(session: SessionState, path: string): string | null {
  if (session.state === 'signed-in') return session.passwordIsTemporary ? '/new-password' : null
  if (session.state === 'unknown') return null
  const front = session.reason === 'signed-out' || path === '/chats'
  return front ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`
}

/** Lets only the signed-in in; everybody else sees `waiting` on their way to the right door. */
export function DeskGate({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const session = useSession()
  const path = usePath()
  const away = whereTo(session, path)

  useEffect(() => {
    if (away) replacePage(away)
  }, [away])
  useEffect(() => {
    if (session.state === 'signed-out') forgetAllUrls()
    // The client wipes its own store; the pictures of colleagues are kept by the service worker.
    if (session.state !== 'signed-out') return
    if ('caches' in window) void caches.delete(PICTURE_CACHE)
    void fetchModule(() => import('../notifications/leave.ts')).then(({ leave }) => leave())
  }, [session.state])

  return session.state === 'signed-in' && !session.passwordIsTemporary ? children : waiting
}
