import { callFailed, failureIn, unreachable } from '../transport/route-call.ts'
import { carry, forget } from './carry.browser.ts'
import { browserCopies, canKeepCopies } from './device-copies.browser.ts'
import type { Bytes, DeviceCopies, FilePorts, Shelf } from './file-ports.ts'
import { memoryPlace } from './memory-place.ts'
import { browserShelf } from './shelf.browser.ts'

/** @throws CallFailed */
async function fetchBytes(path: string, headers: Readonly<Record<string, string>>): Promise<Bytes> {
  const asked = fetch(path, { headers, credentials: 'same-origin' })
  try {
    const answer = await asked
    if (answer.ok) return await answer.blob()
  } catch {
    throw unreachable()
  }
  const stated = failureIn(await (await asked).json().catch(() => null))
  throw stated ? callFailed(stated) : unreachable()
}

const noCopies: DeviceCopies = { get: async () => null, put: async () => {}, keepOnly: async () => {} }

/** Where the browser keeps nothing, files wait in memory for as long as the page is open. */
async function openShelf(): Promise<Shelf> {
  const shelf = browserShelf()
  try {
    await shelf.all()
    return shelf
  } catch {
    return (await memoryPlace().open()).shelf
  }
}

export const openBrowserPorts = async (): Promise<FilePorts> => ({
  shelf: await openShelf(),
  copies: canKeepCopies() ? browserCopies() : noCopies,
  carry,
  forget,
  fetch: fetchBytes,
})
