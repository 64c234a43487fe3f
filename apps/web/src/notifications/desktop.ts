import { composeNotification, tagOf, type NotificationData, type Told } from './compose-notification.ts'
import { inTurn } from './in-turn.ts'
import type { Say } from './say.ts'

/** The service worker shows notifications on phones as well, and they outlive the page. null where there is none. */
async function worker(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null
  return (await navigator.serviceWorker.getRegistration()) ?? null
}

/** Whether the person lets this browser show notifications. */
export const allowed = (): boolean => 'Notification' in window && Notification.permission === 'granted'

/** Shows a notification of a chat in place of the one before; without a sound, since the page has its own. */
export async function showOnDesktop(told: Told, say: Say): Promise<void> {
  if (!allowed()) return
  const { title, options } = composeNotification(told, say)
  await inTurn(async () => (await worker())?.showNotification(title, { ...options, silent: true }))
}

/** Takes away what is shown and is no news any more. */
export async function tidyDesktop(isNews: (shown: NotificationData) => boolean): Promise<void> {
  if (!allowed()) return
  await eachShown((shown) => {
    const data = shown.data as NotificationData | null
    if (!data?.conversationId || shown.tag !== tagOf(data.conversationId)) return
    if (!isNews(data)) shown.close()
  })
}

/** Takes everything away. */
export const clearDesktop = (): Promise<void> => eachShown((shown) => shown.close())

const eachShown = (look: (shown: Notification) => void): Promise<void> =>
  inTurn(async () => {
    for (const shown of (await (await worker())?.getNotifications()) ?? []) look(shown)
  })

/** The number on the program's icon, where it is installed. */
export async function setBadge(count: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  await (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined)
}
