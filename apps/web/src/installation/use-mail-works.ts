import { useClient } from '@parley/react/parley-provider'
import { useEffect, useState } from 'react'

/** Whether this installation sends e-mail; null until it has answered. */
export function useMailWorks(): boolean | null {
  const client = useClient()
  const [works, setWorks] = useState<boolean | null>(null)
  useEffect(() => {
    let left = false
    client.call('installation', {}).then(
      ({ mail }) => (left ? undefined : setWorks(mail)),
      // Unknown stays unknown: the page then offers the form, and the answer to it says the same.
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [client])
  return works
}
