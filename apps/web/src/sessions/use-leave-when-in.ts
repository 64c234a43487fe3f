import { useSession } from '@parley/react/hooks'
import { useEffect } from 'react'
import { replacePage, useQuery } from '../frame/navigation.ts'

/** Only addresses of this very site, and none of those that lead back to a door. */
function safeNext(next: string | null): string {
  return next && /^\/(chats|people|admin|settings)(\/|\?|$)/.test(next) ? next : '/chats'
}

/** On the doors: whoever is in already goes on to where they wanted to be. */
export function useLeaveWhenIn(): void {
  const session = useSession()
  const next = safeNext(useQuery().get('next'))
  const temporary = session.state === 'signed-in' && session.passwordIsTemporary
  useEffect(() => {
    if (session.state === 'signed-in') replacePage(temporary ? '/new-password' : next)
  }, [session.state, temporary, next])
}
