/** Shared by the service worker and every page. */
const NOTIFICATIONS_LOCK = 'parley-notifications'

/**
 * Whatever shows notifications or asks after them does so in its turn. Chromium takes one that is only about to be shown for closed when somebody asks
 * just then, and forgets it: a click on it would do nothing, and nobody could take it back.
 */
export function inTurn(run: () => Promise<void>): Promise<void> {
  return 'locks' in navigator ? navigator.locks.request(NOTIFICATIONS_LOCK, run) : run()
}
