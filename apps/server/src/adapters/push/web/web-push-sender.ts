import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type webPush from 'web-push'
import type { PushOptions, PushOutcome, PushSender } from '../../../domains/notifications/push-sender.ts'
import { isPublicAddress } from '../../../kernel/public-address.ts'
import { NotPublicError, publicLookup, type Resolve } from '../../../kernel/public-lookup.ts'
import type { VapidKeys } from './vapid-keys.ts'

export interface WebPushSettings {
  readonly keys: VapidKeys
  /** `mailto:` or `https:`: whom a push service asks when something is wrong with our pushes. */
  readonly subject: string
  /** Origins that may be called although they are on a private network, or speak plain HTTP. */
  readonly allowed: readonly string[]
  /** In ms, for the whole of one attempt. */
  readonly timeout?: number
  /** How names are looked up. Members choose them, so it must not be what others wait behind. */
  readonly resolve: Resolve
}

const TIMEOUT = 10_000
/** An answer says what it has to in its status. */
const ANSWER_MAX = 4_096

/** Sends by the Web Push protocol (RFC 8030), encrypted for the device (RFC 8291) and signed for the service (RFC 8292). */
export function createWebPushSender({
  keys,
  subject,
  allowed,
  timeout = TIMEOUT,
  resolve,
}: WebPushSettings): PushSender {
  const lookup = publicLookup(resolve)
  const agents = {
    'https:': new https.Agent({ keepAlive: true, maxSockets: 32 }),
    'http:': new http.Agent({ keepAlive: true, maxSockets: 32 }),
  }
  const isAllowed = (url: URL) => allowed.includes(url.origin)
  const mayCall = (endpoint: string): boolean => {
    if (!URL.canParse(endpoint)) return false
    const url = new URL(endpoint)
    if (isAllowed(url)) return true
    const plain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.port === ''
    const host = url.hostname.replace(/^\[|\]$/g, '')
    return plain && (isIP(host) === 0 ? host.includes('.') : isPublicAddress(host))
  }
  return {
    publicKey: keys.publicKey,
    mayCall,
    async send({ endpoint, p256dh, auth }, payload, options) {
      if (!mayCall(endpoint)) return { outcome: 'failed', reason: 'not-allowed', status: null }
      const url = new URL(endpoint)
      const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:']
      const guarded = isAllowed(url) ? { agent } : { agent, lookup }
      try {
        const request = await encrypted({ endpoint, keys: { p256dh, auth } }, payload, options)
        return outcomeOf(await post(url, request, guarded, timeout))
      } catch (error) {
        if (error instanceof NotPublicError) return { outcome: 'failed', reason: 'not-allowed', status: null }
        if (error instanceof KeysError) return { outcome: 'failed', reason: 'refused', status: null }
        return { outcome: 'later', reason: 'no-answer', status: null, retryAfter: null }
      }
    },
  }

  /** The library is loaded with the first push: most of what runs before never sends one. */
  async function encrypted(
    target: webPush.PushSubscription,
    payload: string,
    { ttl, topic, urgency }: PushOptions,
  ) {
    const { default: library } = await import('web-push')
    const vapidDetails = { subject, publicKey: keys.publicKey, privateKey: keys.privateKey }
    try {
      return library.generateRequestDetails(target, payload, { vapidDetails, TTL: ttl, topic, urgency })
    } catch (error) {
      throw new KeysError('nothing can be encrypted for this device', { cause: error })
    }
  }
}

/** What the device gave as its keys are none. */
class KeysError extends Error {
  override readonly name = 'KeysError'
}

interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
}

type Guarded = Pick<https.RequestOptions, 'lookup'> & { readonly agent: http.Agent }

/** One request, without following anywhere, given up when its time is over. */
function post(
  url: URL,
  { headers, body }: Pick<webPush.RequestDetails, 'headers' | 'body'>,
  guarded: Guarded,
  timeout: number,
): Promise<Answer> {
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const given = { method: 'POST', headers, signal: AbortSignal.timeout(timeout), ...guarded }
    const call = request(url, given, (response) => {
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > ANSWER_MAX) response.destroy()
      })
      response.on('error', () => undefined)
      response.on('close', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }),
      )
    })
    call.on('error', reject)
    call.end(body)
  })
}

/** What a status means (RFC 8030, section 5 and 7.3; the rest by what services do). */
function outcomeOf({ status, retryAfter }: Answer): PushOutcome {
  if (status >= 200 && status < 300) return { outcome: 'accepted', status }
  if (status === 404 || status === 410) return { outcome: 'failed', reason: 'gone', status }
  if (status === 413) return { outcome: 'failed', reason: 'too-large', status }
  const wait = secondsIn(retryAfter)
  if (status === 429) return { outcome: 'later', reason: 'rate-limited', status, retryAfter: wait }
  if (status >= 500) return { outcome: 'later', reason: 'service-error', status, retryAfter: wait }
  return { outcome: 'failed', reason: 'refused', status }
}

/** `Retry-After` is seconds or a date; null for neither. */
function secondsIn(retryAfter: string | undefined): number | null {
  if (retryAfter === undefined) return null
  const seconds = /^\d{1,9}$/.test(retryAfter.trim())
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - Date.now()) / 1_000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null
}
