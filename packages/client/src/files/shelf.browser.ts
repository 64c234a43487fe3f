import type { DBSchema } from 'idb'
import { SHELF_DATABASE } from './browser-names.ts'
import { type Bytes, type Shelf, ShelfFull } from './file-ports.ts'
import { openAgain } from './open-database.browser.ts'

interface Schema extends DBSchema {
  bytes: { key: string; value: { readonly bytes: Blob; readonly at: number } }
}

/** What must be left for messages and everything else that the device keeps. */
const LEAVE_FREE = 16 * 1024 * 1024

/** A shelf in a database of its own, so that one large file too many never touches what people have written. */
export function browserShelf(): Shelf {
  const open = openAgain<Schema>(SHELF_DATABASE, (database) => void database.createObjectStore('bytes'))
  return {
    async put(key, bytes) {
      if ((await roomLeft()) < bytes.size + LEAVE_FREE) throw new ShelfFull('no room')
      const database = await open()
      try {
        const writing = database.transaction('bytes', 'readwrite', { durability: 'strict' })
        await Promise.all([writing.store.put({ bytes: asBlob(bytes), at: Date.now() }, key), writing.done])
      } catch (error) {
        throw new ShelfFull('no room', { cause: error })
      }
    },
    async get(key) {
      const kept = await (await open()).get('bytes', key)
      return kept?.bytes ?? null
    },
    async drop(key) {
      await (await open()).delete('bytes', key)
    },
    async all() {
      const reading = (await open()).transaction('bytes')
      const found: { key: string; at: number }[] = []
      for await (const { key, value } of reading.store) found.push({ key, at: value.at })
      return found
    },
  }
}

const asBlob = (bytes: Bytes): Blob => bytes as Blob

/** As the browser says; unbounded where it says nothing, and then the writing itself will tell. */
async function roomLeft(): Promise<number> {
  const { quota, usage } = await navigator.storage
    .estimate()
    .catch(() => ({ quota: undefined, usage: undefined }))
  return quota === undefined || usage === undefined ? Infinity : quota - usage
}
