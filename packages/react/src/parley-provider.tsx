import { createContext, useContext, type ReactNode } from 'react'
import type { ParleyClient } from '@parley/client/client-api'

const ClientContext = createContext<ParleyClient | null>(null)

/** Gives the screens below it their client. */
export function ParleyProvider({ client, children }: { client: ParleyClient; children: ReactNode }) {
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>
}

/** The client of the nearest provider. @throws Error outside of one */
export function useClient(): ParleyClient {
  const client = useContext(ClientContext)
  if (!client) throw new Error('useClient needs a ParleyProvider above it')
  return client
}
