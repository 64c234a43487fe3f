import type { ParleyClient } from '@parley/client/client-api'
import type { PushTarget } from '@parley/contracts/notifications/push'
import { pushOwner, setPushOwner } from './push-owner.ts'

/**
 * - `unsupported` this browser has no Web Push, or not here (a private window, plain HTTP, an iPhone where Parley is not on the home screen)
 * - `unavailable` this installation sends none
 * - `denied` the person has told the browser so, and only there it can be undone
 */
export type DeviceState = 'unsupported' | 'unavailable' | 'denied' | 'off' | 'on'

/** Browsers whose push service cannot be reached never answer, nor refuse. */
const ANSWERS_WITHIN = 20_000
const LOCK = 'parley-push'

/** The browser's push service did not give an address in time. */
export class NoPushService extends Error {
  override readonly name = 'NoPushService'
}

const supported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window && 'locks' in navigator

/** One after the other among all tabs: what is on the server must be what the browser holds. */
const inTurn = <T>(run: () => Promise<T>): Promise<T> => navigator.locks.request(LOCK, run)

/** At the first visit the service worker is still being fetched; where it may not run at all, it never comes. */
const COMES_WITHIN = 10_000

async function registration(): Promise<ServiceWorkerRegistration | null> {
  if (!supported()) return null
  const there = await navigator.serviceWorker.getRegistration()
  if (there?.active) return there
  const late = new Promise<null>((resolve) => void setTimeout(() => resolve(null), COMES_WITHIN))
  return Promise.race([navigator.serviceWorker.ready, late])
}

/** How this device stands. @throws CallFailed */
export async function deviceState(client: ParleyClient): Promise<DeviceState> {
  const worker = await registration()
  if (!worker) return 'unsupported'
  const { publicKey, endpoint } = await client.call('pushSetup', {})
  if (publicKey === null) return 'unavailable'
  if (Notification.permission === 'denied') return 'denied'
  const subscription = await worker.pushManager.getSubscription()
  const on = Notification.permission === 'granted' && subscription && subscription.endpoint === endpoint
  return on ? 'on' : 'off'
}

/** Asks the person, if they were not asked yet, then the browser, then tells the server. @throws CallFailed, NoPushService */
export async function turnOn(client: ParleyClient): Promise<DeviceState> {
  // before anything else: browsers ask only while the click is fresh
  if ((await Notification.requestPermission()) === 'denied') return 'denied'
  await inTurn(() => subscribe(client))
  return deviceState(client)
}

/** @throws CallFailed */
export async function turnOff(client: ParleyClient): Promise<DeviceState> {
  await inTurn(async () => {
    await setPushOwner(null)
    await (await subscriptionHere())?.unsubscribe()
    await client.call('unsubscribeFromPush', {})
  })
  return deviceState(client)
}

/**
 * Sets right what went wrong meanwhile: a subscription that the browser changed or dropped, one of somebody who was signed in before, a
 * permission that was taken back. @throws CallFailed
 */
export async function setRight(client: ParleyClient): Promise<void> {
  const worker = await registration()
  if (!worker) return
  await inTurn(async () => {
    const { publicKey, endpoint } = await client.call('pushSetup', {})
    const here = await worker.pushManager.getSubscription()
    const wanted = publicKey !== null && endpoint !== null && Notification.permission === 'granted'
    if (!wanted) {
      await here?.unsubscribe()
      if (endpoint !== null) await client.call('unsubscribeFromPush', {})
      return
    }
    const same = here !== null && here.endpoint === endpoint && keyOf(here) === publicKey
    if (same && (await pushOwner()) !== null) return
    await subscribe(client)
  })
}

/** Somebody signs out here: nothing more is shown on this device, whether the server knows already or not. */
export async function leaveDevice(): Promise<void> {
  if (!supported()) return
  await inTurn(async () => {
    await setPushOwner(null)
    await (await subscriptionHere())?.unsubscribe()
  })
}

const subscriptionHere = async () => (await (await registration())?.pushManager.getSubscription()) ?? null

async function subscribe(client: ParleyClient): Promise<void> {
  const worker = await registration()
  const { publicKey } = await client.call('pushSetup', {})
  if (!worker || publicKey === null) return
  const subscription = await obtain(worker.pushManager, publicKey)
  try {
    const { sessions } = await client.call('listSessions', {})
    await setPushOwner(sessions.find(({ current }) => current)?.id ?? null)
    await client.call('subscribeToPush', { body: targetOf(subscription) })
  } catch (error) {
    // signed out meanwhile, say: a subscription nobody knows of is none
    await setPushOwner(null)
    await subscription.unsubscribe()
    throw error
  }
}

/** The subscription there is, or another where that one was made for a server with another key. */
async function obtain(push: PushManager, publicKey: string): Promise<PushSubscription> {
  const kept = await push.getSubscription()
  if (kept && keyOf(kept) === publicKey) return kept
  await kept?.unsubscribe()
  const asking = push.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  let timer = 0
  const late = new Promise<'late'>((resolve) => {
    timer = window.setTimeout(() => resolve('late'), ANSWERS_WITHIN)
  })
  const answer = await Promise.race([asking, late]).finally(() => clearTimeout(timer))
  if (answer !== 'late') return answer
  // should it come after all, nobody waits for it any more
  asking.then(
    (subscription) => subscription.unsubscribe(),
    () => undefined,
  )
  throw new NoPushService()
}

const keyOf = ({ options }: PushSubscription): string | null =>
  options.applicationServerKey && base64Url(options.applicationServerKey)

const base64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

function targetOf(subscription: PushSubscription): PushTarget {
  const { keys = {} } = subscription.toJSON()
  return { endpoint: subscription.endpoint, p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' }
}
