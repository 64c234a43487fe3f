import { callFailed, failureIn, unreachable } from '../transport/route-call.ts'
import { browserCopies, canKeepCopies } from './device-copies.browser.ts'
import type { Bytes, Carrying, CarryGiven, DeviceCopies, FilePorts, Shelf } from './file-ports.ts'
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

/** tus is fetched with the first file that is sent: who only looks at files never pays for it. */
const fetchTus = () =>
  import('./carry.browser.ts').catch(() => {
    throw unreachable()
  })

function carry(given: CarryGiven): Carrying {
  let stop = () => {}
  let stopped = false
  const done = fetchTus().then((tus) => {
    if (stopped) return new Promise<void>(() => {})
    const carrying = tus.carry(given)
    stop = () => carrying.stop()
    return carrying.done
  })
  return {
    done,
    stop: () => {
      stopped = true
      stop()
    },
  }
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
  forget: async (path, headers) => (await fetchTus()).forget(path, headers),
  fetch: fetchBytes,
})
