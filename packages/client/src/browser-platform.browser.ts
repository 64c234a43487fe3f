import { hostFetch, hostTimers } from './platform/host.ts'
import type { Channel, Locks, Network, Platform, TabPorts } from './platform/platform.ts'

const network: Network = {
  online: () => navigator.onLine,
  visible: () => document.visibilityState === 'visible',
  subscribe(listener) {
    window.addEventListener('online', listener)
    window.addEventListener('offline', listener)
    document.addEventListener('visibilitychange', listener)
    return () => {
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
