import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserCopies } from './device-copies.browser.ts'
import { type Bytes, ShelfFull } from './file-ports.ts'
import { browserShelf } from './shelf.browser.ts'

const MB = 1024 * 1024
const bytesOf = (size: number): Bytes => new Blob([new Uint8Array(size)], { type: 'image/png' })
const { put } = IDBObjectStore.prototype

let estimate: () => Promise<StorageEstimate>
let cached: Map<string, Response>
let cacheIsFull: boolean

beforeEach(() => {
  estimate = () => Promise.resolve({ quota: 100 * MB, usage: 0 })
  cached = new Map()
  cacheIsFull = false
  vi.stubGlobal('navigator', { storage: { estimate: () => estimate() } })
  const cache = {
    match: async (address: string) => cached.get(address)?.clone(),
    put: async (address: string, answer: Response) => {
      if (cacheIsFull) throw new DOMException('The disk is full.', 'QuotaExceededError')
      cached.set(address, answer)
    },
    delete: async (address: string) => cached.delete(address),
  }
  vi.stubGlobal('caches', { open: async () => cache })
})

afterEach(() => {
  IDBObjectStore.prototype.put = put
  vi.unstubAllGlobals()
})

/** As a browser does that finds out while it writes. */
function refuseWrites(): void {
  IDBObjectStore.prototype.put = function (...given) {
    const asked = put.apply(this, given)
    queueMicrotask(() => this.transaction.abort())
    return asked
  }
}

const keysOf = async (shelf: ReturnType<typeof browserShelf>) => (await shelf.all()).map(({ key }) => key)

test('a file that would leave no room for messages is not begun, a smaller one is', async () => {
  const shelf = browserShelf()
  estimate = () => Promise.resolve({ quota: 20 * MB, usage: 2 * MB })
  await expect(shelf.put('large', bytesOf(3 * MB))).rejects.toBeInstanceOf(ShelfFull)
  expect(await keysOf(shelf)).not.toContain('large')
  await shelf.put('small', bytesOf(MB))
  expect(await shelf.get('small')).toMatchObject({ size: MB })
})

test('where the browser says nothing of its room, its refusal is told as such, and what was kept before stays', async () => {
  const shelf = browserShelf()
  estimate = () => Promise.reject(new Error('says nothing'))
  await shelf.put('before', bytesOf(1_000))
  refuseWrites()
  await expect(shelf.put('refused', bytesOf(1_000))).rejects.toBeInstanceOf(ShelfFull)
  IDBObjectStore.prototype.put = put
  expect(await keysOf(shelf)).toContain('before')
  expect(await keysOf(shelf)).not.toContain('refused')
  await shelf.put('with room again', bytesOf(1_000))
  expect(await keysOf(shelf)).toContain('with room again')
})

test('a copy that finds no room is not missed: what was to be shown is shown, and the next is kept', async () => {
  const copies = browserCopies()
  const of = (fileId: string) =>
    ({ conversationId: 'c', messageId: 'm', number: 1, fileId, variant: 'preview' }) as const
  cacheIsFull = true
  await copies.put(of('one'), bytesOf(100))
  expect(await copies.get(of('one'))).toBeNull()
  cacheIsFull = false
  refuseWrites()
  await copies.put(of('two'), bytesOf(100))
  IDBObjectStore.prototype.put = put
  await copies.put(of('three'), bytesOf(100))
  expect([...cached.keys()], 'and none stays that is on no list').toEqual(['/file-copies/three/preview'])
  expect(await copies.get(of('three'))).toMatchObject({ size: 100, type: 'image/png' })
})
