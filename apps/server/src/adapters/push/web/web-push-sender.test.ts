import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import type { Resolve } from '../../../kernel/public-lookup.ts'
import { TestPushService, type Answer, type TestBrowser } from '../../../testing/push-service.ts'
import { makeVapidKeys, readVapidKeys, type VapidKeys } from './vapid-keys.ts'
import { createWebPushSender } from './web-push-sender.ts'

const keys = readVapidKeys(makeVapidKeys()) as VapidKeys
const options = { ttl: 60, topic: 'a'.repeat(32), urgency: 'high' } as const
const payload = {
  kind: 'withdrawal' as const,
  session: newId(),
  badge: 3,
  read: [newId()],
}

let service: TestPushService
let browser: TestBrowser
beforeEach(async () => {
  service = await TestPushService.start()
  browser = service.subscribe()
})
afterEach(() => service.stop())

/** The test service is at an address. */
const nowhere: Resolve = (_hostname, tell) => tell(new Error('there is no such name'), [])
const senderFor = (allowed: readonly string[], timeout = 2_000) =>
  createWebPushSender({ keys, subject: 'mailto:admin@example.org', allowed, timeout, resolve: nowhere })
const send = (timeout?: number) =>
  senderFor([service.origin], timeout).send(browser.target, JSON.stringify(payload), options)

describe('a push on its way to a push service', () => {
  test('is encrypted for its browser alone, signed, and says how long it is worth something', async () => {
    expect(await send()).toEqual({ outcome: 'accepted', status: 201 })
    const [received] = service.received
    if (!received) throw new Error('nothing arrived')
    expect(received.headers).toMatchObject({ ttl: '60', topic: options.topic, urgency: 'high' })
    expect(received.headers.authorization).toContain(`k=${keys.publicKey}`)
    expect(received.body.toString('latin1')).not.toContain('withdrawal')
    expect(browser.read(received)).toEqual(payload)
    expect(() => service.subscribe().read(received)).toThrow()
  })

  test.each([
    [{ status: 404 }, { outcome: 'failed', reason: 'gone', status: 404 }],
    [{ status: 410 }, { outcome: 'failed', reason: 'gone', status: 410 }],
    [{ status: 413 }, { outcome: 'failed', reason: 'too-large', status: 413 }],
    [{ status: 401 }, { outcome: 'failed', reason: 'refused', status: 401 }],
    [{ status: 302 }, { outcome: 'failed', reason: 'refused', status: 302 }],
    [
      { status: 429, retryAfter: '120' },
      { outcome: 'later', reason: 'rate-limited', status: 429, retryAfter: 120 },
    ],
    [{ status: 500 }, { outcome: 'later', reason: 'service-error', status: 500, retryAfter: null }],
    [
      { status: 503, retryAfter: '7' },
      { outcome: 'later', reason: 'service-error', status: 503, retryAfter: 7 },
    ],
  ] as const)('answered with %o', async (answer: Answer, outcome) => {
    service.answers.push(answer)
    expect(await send()).toEqual(outcome)
  })

  test('a date after which to try again is understood', async () => {
    service.answers.push({ status: 429, retryAfter: new Date(Date.now() + 90_000).toUTCString() })
    const outcome = await send()
    const wait = outcome.outcome === 'later' ? (outcome.retryAfter ?? 0) : 0
    expect(wait).toBeGreaterThan(80)
    expect(wait).toBeLessThanOrEqual(90)
  })

  test('a service that never answers is given up in time', async () => {
    service.answers.push('never')
    const begun = Date.now()
    expect(await send(300)).toEqual({ outcome: 'later', reason: 'no-answer', status: null, retryAfter: null })
    expect(Date.now() - begun).toBeGreaterThanOrEqual(290)
  })

  test('a service that is not there counts as one that does not answer', async () => {
    const sender = senderFor([service.origin])
    await service.stop()
    expect(await sender.send(browser.target, '{}', options)).toMatchObject({
      outcome: 'later',
      reason: 'no-answer',
    })
    service = await TestPushService.start()
  })

  test('a device that gave no real key is not tried again', async () => {
    const target = { ...browser.target, p256dh: 'B'.padEnd(87, 'x') }
    expect(await senderFor([service.origin]).send(target, '{}', options)).toMatchObject({ reason: 'refused' })
  })
})

describe('what clients give as an address never leads into our own network', () => {
  test.each([
    'http://push.example.org/1',
    'https://127.0.0.1/1',
    'https://10.0.0.5/1',
    'https://[::1]/1',
    'https://[::ffff:192.168.0.1]/1',
    'https://2130706433/1',
    'https://localhost/1',
    'https://intranet/1',
    'https://push.example.org:8443/1',
    'https://user:secret@push.example.org/1',
    'nonsense',
  ])('%s is refused before anything is sent', async (endpoint) => {
    const sender = senderFor([])
    expect(sender.mayCall(endpoint)).toBe(false)
    const target = { ...browser.target, endpoint }
    expect(await sender.send(target, '{}', options)).toEqual({
      outcome: 'failed',
      reason: 'not-allowed',
      status: null,
    })
  })

  test('the services of the browsers may be called', () => {
    const sender = senderFor([])
    for (const host of ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'web.push.apple.com'])
      expect(sender.mayCall(`https://${host}/some/path`)).toBe(true)
  })

  test('a name that leads there is found out when it is connected to', async () => {
    const target = { ...browser.target, endpoint: 'https://push.example.org/1' }
    const settings = { keys, subject: 'mailto:admin@example.org', allowed: [], timeout: 2_000 }
    for (const address of ['127.0.0.1', '10.1.2.3', '::1']) {
      const sender = createWebPushSender({
        ...settings,
        resolve: (_hostname, tell) => tell(null, [{ address, family: address.includes(':') ? 6 : 4 }]),
      })
      expect(await sender.send(target, '{}', options)).toEqual({
        outcome: 'failed',
        reason: 'not-allowed',
        status: null,
      })
    }
  })

  test('a service of one’s own is allowed by its origin alone', () => {
    const sender = senderFor(['http://127.0.0.1:9000'])
    expect(sender.mayCall('http://127.0.0.1:9000/1')).toBe(true)
    expect(sender.mayCall('http://127.0.0.1:9001/1')).toBe(false)
    expect(sender.mayCall('https://127.0.0.1:9000/1')).toBe(false)
  })
})

test('keys are a pair, and nothing else is taken for one', () => {
  const [one, two] = [makeVapidKeys(), makeVapidKeys()]
  expect(readVapidKeys(one)).not.toBeNull()
  expect(readVapidKeys(`${one.split('.')[0] ?? ''}.${two.split('.')[1] ?? ''}`)).toBeNull()
  expect(readVapidKeys('short.keys')).toBeNull()
})
