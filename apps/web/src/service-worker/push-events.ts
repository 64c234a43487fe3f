import type { PushPayload } from '@parley/contracts/notifications/push-payload'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import {
  composeNotification,
  composeTest,
  tagOf,
  type NotificationData,
} from '../notifications/compose-notification.ts'
import { inTurn } from '../notifications/in-turn.ts'
import { pushOwner } from '../notifications/push-owner.ts'
import type { Say } from '../notifications/say.ts'
import { newsWords } from '../text/en/news-words.ts'

declare const self: ServiceWorkerGlobalScope

/** The same as the pages': two exchanges of one refresh token would look like a theft (A1). */
const REFRESH_LOCK = 'parley-refresh'
/** A page that does not answer is none of ours any more, or not ready: a new one is opened, for as long as the click allows it. */
const PAGE_ANSWERS_WITHIN = 3_000

const say: Say = (word, values = {}) =>
  Object.entries(values).reduce<string>(
    (text, [name, value]) => text.replaceAll(`{${name}}`, () => value),
    newsWords.news[word],
  )

/** What is told while no page is open, or none is looked at. */
export function listenToPushes(): void {
  self.addEventListener('push', (event) => event.waitUntil(inTurn(() => tell(event.data))))
  self.addEventListener('notificationclick', (event) => {
    event.notification.close()
    const { address = '/chats' } = (event.notification.data ?? {}) as Partial<NotificationData>
    event.waitUntil(open(address))
  })
  self.addEventListener('pushsubscriptionchange', (event) =>
    event.waitUntil(subscribeAnew(event as PushSubscriptionChangeEvent)),
  )
}

async function tell(data: PushMessageData | null): Promise<void> {
  const payload = data?.json() as PushPayload | undefined
  if (!payload) return
  if ((await pushOwner()) !== payload.session) {
    // of somebody who was signed in here before: nothing of it is shown, and nothing more comes
    await (await self.registration.pushManager.getSubscription())?.unsubscribe()
    return
  }
  for (const [index, conversationId] of payload.read.entries())
    await withdraw(conversationId, payload.upTo?.[index] ?? Infinity)
  await setBadge(payload.badge)
  if (payload.kind === 'withdrawal') return
  if (payload.kind === 'test') {
    const { title, options } = composeTest(say)
    await self.registration.showNotification(title, options)
    return
  }
  const { title, options } = composeNotification(payload, say)
  const known = await shownOf(payload.conversationId)
  // a page that is open somewhere in the background has told of it already
  const told = known.some(({ number }) => number >= payload.number)
  await self.registration.showNotification(
    title,
    told ? { ...options, renotify: false, silent: true } : options,
  )
}

const shownOf = async (conversationId: string): Promise<NotificationData[]> =>
  (await self.registration.getNotifications({ tag: tagOf(conversationId) })).map(
    ({ data }) => data as NotificationData,
  )

/** A push that was sent later may have arrived first: what it told of stays. */
async function withdraw(conversationId: string, upTo: number): Promise<void> {
  for (const shown of await self.registration.getNotifications({ tag: tagOf(conversationId) }))
    if ((shown.data as NotificationData).number <= upTo) shown.close()
}

async function setBadge(count: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  await (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined)
}

/** Opens an address in the tab that is there already, the one looked at last first, or in a new one. */
async function open(address: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  for (const page of pages) {
    await page.focus().catch(() => undefined)
    if (await asked(page, address)) return
  }
  await self.clients.openWindow(address)
}

/** @returns whether the page takes the person there */
function asked(page: WindowClient, address: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PAGE_ANSWERS_WITHIN)
    port1.onmessage = () => {
      clearTimeout(timer)
      resolve(true)
    }
    page.postMessage({ type: 'open', address }, [port2])
  })
}

interface PushSubscriptionChangeEvent extends ExtendableEvent {
  readonly oldSubscription?: PushSubscription | null
  readonly newSubscription?: PushSubscription | null
}

/** The browser has given this device another address. What fails now is set right when Parley is opened. */
async function subscribeAnew(event: PushSubscriptionChangeEvent): Promise<void> {
  if ((await pushOwner()) === null) return
  const key = event.oldSubscription?.options.applicationServerKey ?? (await askedKey())
  if (!key) return
  const subscription =
    event.newSubscription ??
    (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
  const { keys = {} } = subscription.toJSON()
  const target = { endpoint: subscription.endpoint, p256dh: keys['p256dh'], auth: keys['auth'] }
  await signedIn('PUT', '/api/me/push', target)
}

async function askedKey(): Promise<string | null> {
  const answer = await signedIn('GET', '/api/me/push')
  return answer.ok ? ((await answer.json()) as { publicKey: string | null }).publicKey : null
}

/** A call in the name of who is signed in here; the cookies' token is exchanged first where it has expired. */
async function signedIn(method: string, path: string, body?: object): Promise<Response> {
  const answer = await call(method, path, body)
  if (answer.status !== 401) return answer
  return navigator.locks.request(REFRESH_LOCK, async () => {
    // a page may have exchanged it meanwhile
    const again = await call(method, path, body)
    if (again.status !== 401) return again
    await call('POST', '/api/sessions/refresh', {})
    return call(method, path, body)
  })
}

const call = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
