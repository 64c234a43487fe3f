import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { call } from '../testing/call.ts'
import { startFixture, type Fixture } from '../testing/platform-fixture.ts'

let fixture: Fixture
afterEach(() => fixture.server.close())

const HASH = `sha256-${'A'.repeat(43)}=`

function anExport(): string {
  const parent = mkdtempSync(join(tmpdir(), 'parley-pages-'))
  const root = join(parent, 'out')
  const files = {
    'index.html': '<h1>home</h1>',
    'chats.html': '<h1>chats</h1>',
    'admin/people.html': '<h1>people</h1>',
    '404.html': '<h1>lost</h1>',
    'sw.js': 'self',
    '_next/static/a.js': 'plain script',
    '_next/static/a.js.br': 'brotli script',
    '_next/static/a.js.gz': 'gzip script',
    'csp-hashes.json': JSON.stringify([HASH]),
    '../secret.txt': 'secret',
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

async function start(given: Parameters<typeof startFixture>[0] = {}) {
  fixture = await startFixture({ webRoot: anExport(), ...given })
  return fixture.base
}

describe('pages', () => {
  it('have clean addresses and are asked for anew each time', async () => {
    const base = await start()
    for (const [path, text] of [
      ['/', 'home'],
      ['/chats', 'chats'],
      ['/chats?x=1', 'chats'],
      ['/admin/people/', 'people'],
    ] as const) {
      const page = await call(base, 'GET', path)
      expect([page.status, page.text], path).toEqual([200, `<h1>${text}</h1>`])
      expect(page.headers.get('cache-control')).toBe('no-cache')
    }
    expect((await call(base, 'GET', '/sw.js')).headers.get('cache-control')).toBe('no-cache')
  })
  it('are sent compressed ahead, and hashed parts are kept for ever', async () => {
    const base = await start()
    const asset = (encoding: string) =>
      fetch(`${base}/_next/static/a.js`, { method: 'HEAD', headers: { 'accept-encoding': encoding } })
    expect((await asset('gzip, br')).headers.get('content-encoding')).toBe('br')
    expect((await asset('gzip')).headers.get('content-encoding')).toBe('gzip')
    const plain = await asset('identity')
    expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([
      null,
      'accept-encoding',
    ])
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })
  it('that do not exist show the page for that, and nothing beside the export is ever served', async () => {
    const base = await start()
    for (const path of [
      '/nothing',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/csp-hashes.json',
      '/_next/static/a.js.br',
      '/%E0',
    ]) {
      const { status, text } = await call(base, 'GET', path)
      expect([404, 400], path).toContain(status)
      expect(text, path).not.toMatch(/secret|sha256|brotli/)
    }
    expect((await call(base, 'GET', '/nothing')).text).toBe('<h1>lost</h1>')
  })
  it('say that they are not built where that is so', async () => {
    const base = await start({ webRoot: '/nowhere' })
    const { status, text } = await call(base, 'GET', '/')
    expect([status, text]).toEqual([503, expect.stringContaining('npm run build')])
  })
})

describe('headers', () => {
  it('A12: allow no inline script but those of the build, and no frame', async () => {
    const base = await start()
    for (const path of ['/', '/api/installation', '/nothing']) {
      const { headers } = await call(base, 'GET', path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain(`script-src 'self' '${HASH}';`)
      expect(policy).toContain("default-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain(`connect-src 'self' ${base.replace('http', 'ws')};`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('strict-transport-security')).toBeNull()
    }
  })
  it('A12: send people from plain HTTP to HTTPS behind a declared proxy, and keep them there', async () => {
    const base = await start({ settings: { trustProxy: 'loopback' } })
    const plain = await call(base, 'GET', '/chats?x=1', {
      headers: { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'chat.example.org' },
    })
    expect([plain.status, plain.headers.get('location')]).toEqual([308, 'https://chat.example.org/chats?x=1'])
    const safe = await call(base, 'GET', '/chats', { headers: { 'x-forwarded-proto': 'https' } })
    expect([safe.status, safe.headers.get('strict-transport-security')]).toEqual([200, 'max-age=31536000'])
  })
  it('A12: send people to the declared address, whatever host they named', async () => {
    const publicUrl = new URL('https://chat.example.org')
    const base = await start({ settings: { trustProxy: 'loopback', publicUrl } })
    const { headers } = await call(base, 'GET', '/people', {
      headers: { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' },
    })
    expect(headers.get('location')).toBe('https://chat.example.org/people')
  })
  it('A12: refuse plain HTTP that went round the declared proxy', async () => {
    // the proxy is said to stand elsewhere, so what this machine claims of one counts for nothing
    const base = await start({ settings: { trustProxy: '192.0.2.1' } })
    const round = await call(base, 'GET', '/chats', { headers: { 'x-forwarded-proto': 'https' } })
    expect(round.status).toBe(403)
    expect((await call(base, 'GET', '/chats')).status).toBe(200) // this machine itself, for its health checks
  })
  it('A12: believe nobody about a proxy that was not declared', async () => {
    const base = await start()
    const { status } = await call(base, 'GET', '/chats', { headers: { 'x-forwarded-proto': 'http' } })
    expect(status).toBe(200)
  })
})

describe('documents', () => {
  it('describe every route in OpenAPI 3.1, on a page without inline scripts', async () => {
    const base = await start()
    const { body } = await call(base, 'GET', '/api/openapi.json')
    const document = body as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string }>>
    }
    expect(document.openapi).toBe('3.1.0')
    const signIn = document.paths['/api/sessions']?.['post']
    expect(signIn).toMatchObject({ operationId: 'signIn', security: [] })
    expect(JSON.stringify(signIn)).toContain('wrong_credentials')
    const page = await call(base, 'GET', '/api/docs/')
    expect(page.status).toBe(200)
    expect(page.text).not.toMatch(/<script(?![^>]*src=)/)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
    expect((await call(base, 'GET', '/api/docs/json')).body).toMatchObject({ openapi: '3.1.0' })
    const script = /src="([^"]*bundle[^"]*)"/.exec(page.text)?.[1] ?? ''
    expect((await fetch(new URL(script, `${base}/api/docs/`))).status).toBe(200)
  })
})
