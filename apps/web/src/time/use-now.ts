import { useClient } from '@parley/react/parley-provider'
import { useEffect, useState } from 'react'

/** The server's time, looked at once a minute: fine enough for "Yesterday" and "in 3 days". */
export function useNow(): number {
  const client = useClient()
  const [now, setNow] = useState(() => client.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(client.now()), 60_000)
    return () => clearInterval(timer)
  }, [client])
  return now
}
