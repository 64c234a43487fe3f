import { createECDH, createPublicKey, randomBytes, verify, type ECDH } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushTarget } from '@parley/contracts/notifications/push'
import { pushPayload, type PushPayload } from '@parley/contracts/notifications/push-payload'
import ece from 'http_ece'

/** What a service may answer: a status, with a header, and when something has happened; or nothing, ever. */
export type Answer =
  | {
      readonly status: number
      readonly retryAfter?: string
      readonly after?: () => Promise<unknown>
    }
  | 'never'

export interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** A browser's side of a subscription: it alone can read what arrives. */
export class TestBrowser {
  readonly target: PushTarget
  readonly #keys: ECDH
  readonly #auth = randomBytes(16)

  constructor(endpoint: string) {
    this.#keys = createECDH('prime256v1')
    const p256dh = this.#keys.generateKeys().toString('base64url')
    this.target = { endpoint, p256dh, auth: this.#auth.toString('base64url') }
  }

  /** Decrypts by RFC 8188 and RFC 8291. @throws when it was meant for another browser */
  read({ body }: Received): PushPayload {
    const given = { version: 'aes128gcm', privateKey: this.#keys, authSecret: this.#auth.toString('base64') }
    return pushPayload.parse(JSON.parse(ece.decrypt(body, given).toString('utf8')))
  }
}

/** A push service on this machine that speaks the protocol as far as an application server sees it (RFC 8030). */
export class TestPushService {
  readonly received: Received[] = []
  /** What is answered next; when it is empty, 201. By path where given. */
  readonly answers: Answer[] = []
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  #devices = 0

  static async start(): Promise<TestPushService> {
    const service = new TestPushService()
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve))
    return service
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`
  }

  subscribe(): TestBrowser {
    this.#devices += 1
    return new TestBrowser(`${this.origin}/push/${String(this.#devices)}`)
  }

  /** What has arrived for a browser, in the clear, and is forgotten here. */
  take(browser: TestBrowser): PushPayload[] {
    const { pathname } = new URL(browser.target.endpoint)
    const own = this.received.filter(({ path }) => path === pathname)
    for (const one of own) this.received.splice(this.received.indexOf(one), 1)
    return own.map((one) => browser.read(one))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const refusal = whatIsWrong(request)
    const answer: Answer = refusal ? { status: 400 } : (this.answers.shift() ?? { status: 201 })
    if (!refusal) {
      const { url = '', headers } = request
      this.received.push({ path: url, headers, body: Buffer.concat(chunks) })
    }
    if (answer === 'never') return
    await answer.after?.()
    if (answer.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter)
    response.writeHead(answer.status).end(refusal ?? '')
  }
}

/** What a real service would refuse about the request itself; null when nothing. */
function whatIsWrong({ method, headers }: IncomingMessage): string | null {
  if (method !== 'POST') return 'method'
  if (headers['content-encoding'] !== 'aes128gcm') return 'encoding'
  if (!/^\d+$/.test(String(headers['ttl']))) return 'ttl'
  if (!/^[\w-]{1,32}$/.test(String(headers['topic'] ?? 'none'))) return 'topic'
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(String(headers.authorization)) ?? []
  return isSigned(token, key, `http://${String(headers.host)}`) ? null : 'vapid'
}

/** Checks the JWT as RFC 8292 asks: ES256, for this origin, not for longer than a day, with a contact. */
function isSigned(token: string, key: string, audience: string): boolean {
  const [head = '', body = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  if (point.length !== 65) return false
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const lasts = Number(claims['exp']) - Date.now() / 1_000
  return (
    signed &&
    claims['aud'] === audience &&
    lasts > 0 &&
    lasts <= 86_400 &&
    /^(mailto|https):/.test(String(claims['sub']))
  )
}
