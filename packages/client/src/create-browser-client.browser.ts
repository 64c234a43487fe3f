import { browserPlatform } from './browser-platform.browser.ts'
import type { ParleyClient } from './client-api.ts'
import { createParleyClient } from './create-parley-client.ts'
import { indexedDbStore } from './local-store/indexeddb-store.browser.ts'

/** The client of a web page: cookies, IndexedDB, one leader among the tabs. Call in the browser only, once per page. */
export const createBrowserClient = (): ParleyClient =>
  createParleyClient({
    baseUrl: '',
    credentials: 'cookie',
    platform: browserPlatform(),
    openStore: () => indexedDbStore('parley'),
  })
