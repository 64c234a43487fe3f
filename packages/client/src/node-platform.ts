import { hostFetch, hostTimers } from './platform/host.ts'
import type { Platform } from './platform/platform.ts'

/** For Node: tests, benches and programs. Always online, always visible, one tab. */
export const nodePlatform = (): Platform => ({
  timers: hostTimers,
  random: Math.random,
  fetch: hostFetch,
  network: { online: () => true, visible: () => true, lastUsed: () => null, subscribe: () => () => {} },
  tabs: null,
})
