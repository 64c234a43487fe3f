import type { ParleyClient } from '@parley/client/client-api'
import { browserPlatform } from '@parley/client/browser-platform.browser'
import { Client } from '@parley/client/client'
import { browserPlace } from '@parley/client/files/browser-place.browser'
import { indexedDbStore } from '@parley/client/local-store/indexeddb-store.browser'
import { httpOver } from '@parley/client/transport/http-transport'
import { socketOver } from '@parley/client/transport/socket-transport'

/** What this page talks to its server with: cookies, IndexedDB, one leader among the tabs. */
export function openClient(): ParleyClient {
  const platform = browserPlatform()
  return new Client({
    platform,
    credentials: 'cookie',
    name: 'parley',
    prefetch: 10,
    files: browserPlace(),
    openStore: () => indexedDbStore('parley'),
    transport: { http: httpOver(platform.fetch, '', true), connect: socketOver('', true) },
  })
}
