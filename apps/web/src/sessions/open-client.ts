import type { ParleyClient } from '@parley/client/client-api'
import { browserPlatform } from '@parley/client/browser-platform.browser'
import { Client } from '@parley/client/client'
import { indexedDbStore } from '@parley/client/local-store/indexeddb-store.browser'
import { httpOver } from '@parley/client/transport/http-transport'
import { type Transport, Unreachable } from '@parley/client/transport/transport'

/**
 * The live connection's machinery is fetched when the first connection is made: what is on the device shows without it.
 */
const connect: Transport['connect'] = (options, handlers) => {
  let connection: ReturnType<Transport['connect']> | null = null
  let closed = false
  import('@parley/client/transport/socket-transport').then(
    ({ socketOver }) => {
      if (!closed) connection = socketOver('', true)(options, handlers)
    },
    () => {
      if (!closed) handlers.refused(null)
    },
  )
  return {
    request: (event, payload, timeout) =>
      connection?.request(event, payload, timeout) ?? Promise.reject(new Unreachable('not connected yet')),
    emit: (event, payload) => connection?.emit(event, payload),
    close: () => {
      closed = true
      connection?.close()
    },
  }
}

/** What this page talks to its server with: cookies, IndexedDB, one leader among the tabs. */
export function openClient(): ParleyClient {
  const platform = browserPlatform()
  return new Client({
    platform,
    credentials: 'cookie',
    name: 'parley',
    prefetch: 10,
    openStore: () => indexedDbStore('parley'),
    transport: { http: httpOver(platform.fetch, '', true), connect },
  })
}
