import { COPIES, COPIES_DATABASE, SHELF_DATABASE } from './browser-names.ts'
import type { FilePlace } from './file-ports.ts'

const remove = (database: string) =>
  new Promise<void>((resolve) => {
    const removing = indexedDB.deleteDatabase(database)
    // Other tabs let go of it as soon as they hear; whether it is gone by now or in a moment is all the same.
    for (const outcome of ['success', 'error', 'blocked']) removing.addEventListener(outcome, () => resolve())
  })

/** Files of a web page: IndexedDB for what waits, Cache Storage for encrypted copies, tus over HTTP. All of it is fetched with the first file. */
export const browserPlace = (): FilePlace => ({
  open: async () => (await import('./browser-ports.browser.ts')).openBrowserPorts(),
  hasCopies: async () => 'caches' in globalThis && caches.has(COPIES).catch(() => false),
  async wipe({ outgoing }) {
    try {
      if ('caches' in globalThis) await caches.delete(COPIES)
      await remove(COPIES_DATABASE)
      if (outgoing) await remove(SHELF_DATABASE)
    } catch {
      // Where the browser keeps nothing, there is nothing to wipe.
    }
  },
})
