'use client'

import type { ParleyClient } from '@parley/client/client-api'
import { ParleyProvider } from '@parley/react/parley-provider'
import { useEffect, useState, type ReactNode } from 'react'
import { openClient } from './open-client.ts'

let opened: ParleyClient | null = null

/**
 * Opens the one client of this tab. Pages are prerendered without one, so until the browser has taken over they show
 * `waiting`: the frame of what comes.
 */
export function ClientBoundary({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const [client, setClient] = useState(opened)
  useEffect(() => {
    if (!opened) {
      opened = openClient()
      void opened.start()
    }
    setClient(opened)
  }, [])
  return client ? <ParleyProvider client={client}>{children}</ParleyProvider> : waiting
}
