import { useClient } from '@parley/react/parley-provider'
import { useEffect } from 'react'
import { useToasts } from '../controls/toasts.tsx'

/** Says why something that was done here, perhaps long ago and without a network, was not accepted. Edits say so at their message. */
export function useRefusals(): void {
  const client = useClient()
  const { warn } = useToasts()
  useEffect(() => {
    const tell = () => {
      for (const { key, route, failure } of client.refused()) {
        if (route === 'editMessage') continue
        warn(failure)
        void client.forgetRefused(key)
      }
    }
    tell()
    return client.subscribe('calls', tell)
  }, [client, warn])
}
