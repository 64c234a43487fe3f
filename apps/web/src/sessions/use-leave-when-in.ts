import { useSession } from '@parley/react/hooks'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'

/** Only addresses of this very site, and none of those that lead back to a door. */
function safeNext(next: string | null): string {
  return next && /^\/(chats|people|admin|settings)(\/|\?|$)/.test(next) ? next : '/chats'
}

/** On the doors: whoever is in already goes on to where they wanted to be. */
export function useLeaveWhenIn(): void {
  const session = useSession()
  const router = useRouter()
  const next = safeNext(useSearchParams().get('next'))
  const temporary = session.state === 'signed-in' && session.passwordIsTemporary
  useEffect(() => {
    if (session.state === 'signed-in') router.replace(temporary ? '/new-password' : next)
  }, [router, session.state, temporary, next])
}
