import { clearDesktop, setBadge } from './desktop.ts'
import { leaveDevice } from './push-device.ts'

/** After signing out this device shows nothing and is told nothing any more. Never throws: there may be no service worker at all. */
export async function leave(): Promise<void> {
  await Promise.allSettled([leaveDevice(), clearDesktop(), setBadge(0)])
}
