import { useState } from 'react'

/** The secret behind the #, which no server's log ever sees. */
export function useFragmentToken(): string {
  const [token] = useState(() => location.hash.slice(1))
  return token
}
