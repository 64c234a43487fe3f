import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type BrowserContext, expect, type Page, type Worker } from '@playwright/test'
import type { PushPayload } from '@parley/contracts/notifications/push-payload'
import { protocolHeader } from './call-route.ts'

/**
 * A browser vendor's push service on this machine, and the part of a browser that talks to it: Chromium's own leads to Google's and nowhere
 * else. What the server sends is decrypted as RFC 8291 has the browser do it, and handed to the service worker by Chromium's tools.
 */
export class PushService {
  /** What is answered next; 201 when it is empty. */
  readonly answers: number[] = []
  readonly #keys = createECDH('prime256v1')
  readonly #auth = randomBytes(16)
  readonly #publicKey = this.#keys.generateKeys()
  readonly #arrived: PushPayload[] = []
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = this.answers.shift() ?? 201
      if (status === 201) this.#arrived.push(this.#read(Buffer.concat(chunks)))
      response.writeHead(status).end()
    })
  })

  static async start(): Promise<PushService> {
    const service = new PushService()
    service.#server.listen(0, '127.0.0.1')
    await once(service.#server, 'listening')
    return service
  }

  get origin(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The push service has no port.')
    return `http://127.0.0.1:${String(address.port)}`
  }

  /** The pages of this browser subscribe here. */
  async serve(context: BrowserContext): Promise<void> {
    const keys = { p256dh: this.#publicKey.toString('base64url'), auth: this.#auth.toString('base64url') }
    await context.addInitScript(pretendToSubscribe, { endpoint: `${this.origin}/push`, keys })
  }

  /** As this browser would describe itself under another address of the service. */
  subscriptionAt(endpoint: string) {
    const keys = { p256dh: this.#publicKey.toString('base64url'), auth: this.#auth.toString('base64url') }
    return { endpoint, keys }
  }

  /**
   * What the server has sent, once it comes. A withdrawal that nobody waits for is passed over: whether a page could still tell what was
   * seen on it, when it was closed, is not known.
   */
  async next(kind: PushPayload['kind']): Promise<PushPayload> {
    for (;;) {
      await expect
        .poll(() => this.#arrived.length, { timeout: 30_000, message: 'pushes that arrived' })
        .toBeGreaterThan(0)
      const payload = this.#arrived.shift()!
      if (payload.kind === 'withdrawal' && kind !== 'withdrawal') continue
      expect(payload.kind).toBe(kind)
      return payload
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #read(body: Buffer): PushPayload {
    const salt = body.subarray(0, 16)
    const length = body[20] ?? 0
    const theirs = body.subarray(21, 21 + length)
    const sealed = body.subarray(21 + length)
    const secret = this.#keys.computeSecret(theirs)
    const about = Buffer.concat([Buffer.from('WebPush: info\0'), this.#publicKey, theirs])
    const key = Buffer.from(hkdfSync('sha256', secret, this.#auth, about, 32))
    const derive = (word: string, size: number) =>
      Buffer.from(hkdfSync('sha256', key, salt, `Content-Encoding: ${word}\0`, size))
    const opener = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
    opener.setAuthTag(sealed.subarray(-16))
    const padded = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()])
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')) as PushPayload
  }
}

/** Runs in pages: the subscription is kept as long as a browser would keep it. */
function pretendToSubscribe({ endpoint, keys }: { endpoint: string; keys: Record<string, string> }): void {
  const KEPT = 'push-subscription'
  const held = () => {
    const key = localStorage.getItem(KEPT)
    if (key === null) return null
    const bytes = atob(key.replaceAll('-', '+').replaceAll('_', '/'))
    return {
      endpoint,
      options: { applicationServerKey: Uint8Array.from(bytes, (one) => one.charCodeAt(0)).buffer },
      toJSON: () => ({ endpoint, keys }),
      unsubscribe: () => {
        localStorage.removeItem(KEPT)
        return Promise.resolve(true)
      },
    }
  }
  Object.assign(PushManager.prototype, {
    getSubscription: () => Promise.resolve(held()),
    subscribe: ({ applicationServerKey }: { applicationServerKey: string }) => {
      localStorage.setItem(KEPT, applicationServerKey)
      return Promise.resolve(held())
    },
  })
}

/**
 * Brings a push to the service worker of an origin, as the browser does, whether a page of it is open or not.
 * @param page any page of the browser
 */
export async function deliver(page: Page, origin: string, payload: PushPayload): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  let registration = ''
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const { registrationId, scopeURL, isDeleted } of registrations)
      if (!isDeleted && scopeURL.startsWith(origin)) registration = registrationId
  })
  await cdp.send('ServiceWorker.enable')
  await expect.poll(() => registration, { message: 'the service worker is registered' }).not.toBe('')
  const data = JSON.stringify(payload)
  await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId: registration, data })
  await cdp.detach()
}

/** The global scope of a service worker, with what a test keeps there. */
export type WorkerScope = typeof globalThis & {
  readonly registration: ServiceWorkerRegistration
  readonly NotificationEvent: new (type: string, given: { notification: Notification }) => Event
  readonly clients: { openWindow: (address: string) => Promise<void> }
  opened?: string[]
}

/** What stands on the desktop: title and text of each notification. Asked in turn with whatever shows some, as the product does. */
export const shownBy = (worker: Worker): Promise<string[]> =>
  worker.evaluate(() =>
    navigator.locks.request('parley-notifications', async () => {
      const { registration } = globalThis as WorkerScope
      return (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`)
    }),
  )

/** Clicks the one notification there is. */
export const clickNotification = (worker: Worker): Promise<void> =>
  worker.evaluate(async () => {
    const scope = globalThis as WorkerScope
    const [notification] = await scope.registration.getNotifications()
    if (!notification) throw new Error('There is no notification to click.')
    const event = new scope.NotificationEvent('notificationclick', { notification })
    // an event that a script made cannot be waited for; what it does is done all the same
    Object.assign(event, { waitUntil: () => undefined })
    scope.dispatchEvent(event)
  })

/** Clicks the one notification there is, where no page is open. @returns the addresses that were opened: only a person's click may open windows */
export async function openedByClick(worker: Worker): Promise<string[]> {
  await worker.evaluate(() => {
    const scope = globalThis as WorkerScope
    const opened: string[] = (scope.opened = [])
    scope.clients.openWindow = async (address) => void opened.push(address)
  })
  await clickNotification(worker)
  const opened = () => worker.evaluate(() => (globalThis as WorkerScope).opened ?? [])
  await expect.poll(opened, { timeout: 15_000 }).not.toEqual([])
  return opened()
}

/** Tells the service worker that the browser has given this device another address, as the browser does. */
export const changeSubscription = (
  worker: Worker,
  subscription: ReturnType<PushService['subscriptionAt']>,
): Promise<void> =>
  worker.evaluate(({ endpoint, keys }) => {
    const newSubscription = { endpoint, toJSON: () => ({ endpoint, keys }) }
    const oldSubscription = { options: { applicationServerKey: new ArrayBuffer(65) } }
    const event = new Event('pushsubscriptionchange')
    Object.assign(event, { oldSubscription, newSubscription, waitUntil: () => undefined })
    globalThis.dispatchEvent(event)
  }, subscription)

/** Where the server pushes to for this browser's session, as its service worker hears it. */
export const addressKept = (worker: Worker): Promise<{ endpoint: string | null }> =>
  worker.evaluate(
    async (headers) =>
      (await (await fetch('/api/me/push', { headers })).json()) as { endpoint: string | null },
    protocolHeader,
  )
