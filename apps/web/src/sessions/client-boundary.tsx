'use client'

import type { ParleyClient } from '@parley/client/client-api'
import { ParleyProvider } from '@parley/react/parley-provider'
import { useSyncExternalStore, type ReactNode } from 'react'
import { openClient } from './open-client.ts'

let opened: ParleyClient | null = null

/** Opening happens with the first subscription, so in a browser and never while pages are prerendered. */
function open(): () => void {
  if (!opened) {
    opened = openClient()
    void opened.start()
  }
  return () => {}
}

/**
 * Opens the one client of this tab. Pages are prerendered without one, so until the browser has taken over they show
 * `waiting`: the frame of what comes.
 */
export function ClientBoundary({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const client = useSyncExternalStore(
    open,
    () => opened,
    () => null,
  )
  return client ? <ParleyProvider client={client}>{children}</ParleyProvider> : waiting
}
