import { hostFetch, hostTimers } from './platform/host.ts'
import type { Channel, Locks, Network, Platform, TabPorts } from './platform/platform.ts'

/** Use that begins again after this long is told. */
const PAUSE = 30_000
const USES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

let lastUsed = Date.now()

/** Hears of the person's doing things; the listener is called when they begin again. */
function watchUse(listener: () => void): () => void {
  const used = () => {
    const before = lastUsed
    lastUsed = Date.now()
    if (lastUsed - before > PAUSE) listener()
  }
  for (const use of USES) window.addEventListener(use, used, { capture: true, passive: true })
  return () => {
    for (const use of USES) window.removeEventListener(use, used, { capture: true })
  }
}

const network: Network = {
  online: () => navigator.onLine,
  visible: () => document.visibilityState === 'visible',
  lastUsed: () => lastUsed,
  subscribe(listener) {
    const endUse = watchUse(listener)
    window.addEventListener('online', listener)
    window.addEventListener('offline', listener)
    document.addEventListener('visibilitychange', listener)
    return () => {
      endUse()
      window.removeEventListener('online', listener)
      window.removeEventListener('offline', listener)
      document.removeEventListener('visibilitychange', listener)
    }
  },
}

const locks: Locks = {
  async request(name, run, given) {
    const controller = new AbortController()
    void given?.then(() => controller.abort())
    try {
      return await navigator.locks.request(name, { signal: controller.signal }, run)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return undefined
      throw error
    }
  },
}

function openChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) =>
      channel.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data)),
    close: () => channel.close(),
  }
}

/** Web Locks exist only on secure origins; without them every tab stands alone. */
function tabPorts(): TabPorts | null {
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return null
  return { locks, channel: openChannel }
}

/** For web pages. Call in the browser only. */
export const browserPlatform = (): Platform => ({
  timers: hostTimers,
  random: Math.random,
  fetch: hostFetch,
  network,
  tabs: tabPorts(),
})
