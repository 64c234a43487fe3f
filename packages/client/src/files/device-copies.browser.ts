import type { DBSchema } from 'idb'
import { COPIES, COPIES_DATABASE } from './browser-names.ts'
import type { Bytes, CopyOf, DeviceCopies } from './file-ports.ts'
import { openAgain } from './open-database.browser.ts'

/** What all copies together may take; the longest unused go first. */
const BUDGET = 200 * 1024 * 1024
/** Larger files are not worth the others that they would drive out. */
const LARGEST = 16 * 1024 * 1024
const NONCE_BYTES = 12
const TYPE_HEADER = 'x-type'

interface Kept extends CopyOf {
  readonly size: number
  readonly usedAt: number
}

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey }
  kept: { key: string; value: Kept }
}

const nameOf = ({ fileId, variant }: CopyOf) => `${fileId}/${variant}`
const addressOf = (name: string) => `/file-copies/${name}`

/** A copy is bound to its name, so that one never passes for another. */
const cipher = (nonce: Uint8Array<ArrayBuffer>, name: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: new TextEncoder().encode(name),
})

async function seal(key: CryptoKey, name: string, bytes: Bytes): Promise<Blob> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  return new Blob([nonce, await crypto.subtle.encrypt(cipher(nonce, name), key, await bytes.arrayBuffer())])
}

/** Rejects what was altered, or sealed with another key. */
function unseal(key: CryptoKey, name: string, sealed: ArrayBuffer): Promise<ArrayBuffer> {
  const nonce = new Uint8Array(sealed, 0, NONCE_BYTES)
  return crypto.subtle.decrypt(cipher(nonce, name), key, new Uint8Array(sealed, NONCE_BYTES))
}

/**
 * Copies in Cache Storage, each encrypted by AES-256-GCM under a key that this browser made and gives out to nobody, scripts of this page
 * included. Removing the database with the key makes noise of them all.
 */
export function browserCopies(): DeviceCopies {
  const open = openAgain<Schema>(COPIES_DATABASE, (database) => {
    database.createObjectStore('keys')
    database.createObjectStore('kept')
  })

  async function keyOf(): Promise<CryptoKey> {
    const database = await open()
    const held = await database.get('keys', 'copies')
    if (held) return held
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ])
    // Another tab may have been quicker: the first one counts.
    const writing = database.transaction('keys', 'readwrite')
    const first = await writing.store.get('copies')
    if (!first) await writing.store.put(made, 'copies')
    await writing.done
    return first ?? made
  }

  async function drop(name: string): Promise<void> {
    await (await caches.open(COPIES)).delete(addressOf(name))
    await (await open()).delete('kept', name)
  }

  async function makeRoom(budget: number): Promise<void> {
    const all = await (await open()).getAll('kept')
    let total = all.reduce((sum, { size }) => sum + size, 0)
    if (total <= budget) return
    for (const kept of all.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= budget * 0.9) return
      total -= kept.size
      await drop(nameOf(kept))
    }
  }

  async function put(copy: CopyOf, bytes: Bytes): Promise<void> {
    const name = nameOf(copy)
    const body = await seal(await keyOf(), name, bytes)
    // listed first: a copy that is on no list would stay for ever, were the page to end in between
    await (await open()).put('kept', { ...copy, size: body.size, usedAt: Date.now() }, name)
    const cache = await caches.open(COPIES)
    await cache.put(addressOf(name), new Response(body, { headers: { [TYPE_HEADER]: bytes.type } }))
    await makeRoom(BUDGET)
  }

  async function get(copy: CopyOf): Promise<Bytes | null> {
    const name = nameOf(copy)
    const answer = await (await caches.open(COPIES)).match(addressOf(name))
    if (!answer) return null
    try {
      const opened = await unseal(await keyOf(), name, await answer.arrayBuffer())
      const database = await open()
      const kept = await database.get('kept', name)
      if (kept) await database.put('kept', { ...kept, usedAt: Date.now() }, name)
      return new Blob([opened], { type: answer.headers.get(TYPE_HEADER) ?? '' })
    } catch {
      // Damaged, or of a key that is gone.
      await drop(name)
      return null
    }
  }

  return {
    get: (copy) => get(copy).catch(() => null),
    async put(copy, bytes) {
      if (bytes.size > LARGEST) return
      await put(copy, bytes).catch(() => makeRoom(BUDGET / 2).catch(() => {}))
    },
    async keepOnly(wanted) {
      try {
        for (const kept of await (await open()).getAll('kept')) if (!wanted(kept)) await drop(nameOf(kept))
      } catch {
        // Where nothing is kept, nothing is dropped.
      }
    },
  }
}

/** Cipher and cache exist on secure origins alone; elsewhere no copy is made. */
export const canKeepCopies = (): boolean =>
  'caches' in globalThis && (globalThis.crypto as Partial<Crypto>).subtle !== undefined
