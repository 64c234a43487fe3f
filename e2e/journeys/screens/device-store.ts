import type { Page } from '@playwright/test'

/** Everything that is written in this browser's IndexedDB, as one text. */
export const deviceStore = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(String(request.error)))
      })
    const found: unknown[] = []
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      const database = await settled(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const rows = await settled(database.transaction(store).objectStore(store).getAll())
        if (rows.length > 0) found.push({ name, store, rows })
      }
      database.close()
    }
    return JSON.stringify(found)
  })
