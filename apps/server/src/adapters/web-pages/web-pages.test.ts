import type { RequestListener, ServerResponse } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Resolve } from '../../kernel/public-lookup.ts'
import { startWebServer, type TestWebServer } from '../../testing/web-server.ts'
import { createWebPages } from './web-pages.ts'

/** Stands for the public internet: whatever else is on this machine is its private network. */
const PUBLIC = '127.0.0.1'
const never = new AbortController().signal

let routes: Record<string, (response: ServerResponse) => void>
let site: TestWebServer
/** What names stand for, asked each time anew. */
let names: Record<string, string[]>

const listener: RequestListener = (request, response) => {
  const route = routes[request.url ?? '']
  if (route) route(response)
  else response.writeHead(404).end()
}
const page =
  (body: string | Buffer, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
const to =
  (location: string, status = 302) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { location }).end()
const titled = (title: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body></body></html>`

beforeEach(async () => {
  routes = { '/': page(titled('Harbour times')) }
  names = { 'harbour.example': [PUBLIC], 'inside.example': ['127.0.0.2'] }
  site = await startWebServer(listener)
})
afterEach(() => site.stop())

const resolve: Resolve = (hostname, tell) => {
  const found = names[hostname] ?? []
  tell(
    null,
    found.map((address) => ({ address, family: 4 })),
  )
}
const pagesWith = (timeout = 5_000) =>
  createWebPages({
    isPublic: (address) => address === PUBLIC,
    isPort: (port) => port === String(site.port),
    resolve,
    timeout,
  })
const at = (host: string, path = '/') => `http://${host}:${String(site.port)}${path}`
const read = (url: string, timeout?: number) => pagesWith(timeout).page(url, never)

describe('what a page says of itself', () => {
  test('is taken from its head, entities and other encodings included, and its picture is found from where it stands', async () => {
    routes['/a/page'] = page(
      `<html><head><meta name=description content="Plain"><title>Ferries &amp; more</title>
      <script>"<title>not this</title>"</script><noscript><img src=x></noscript>
      <meta property="og:description" content='At six &#x26; at "seven"'>
      <META PROPERTY="OG:IMAGE" CONTENT="../boat.jpg"/></head><body><title>nor this</title>`,
    )
    expect(await read(at(PUBLIC, '/a/page'))).toEqual({
      title: 'Ferries & more',
      description: 'At six & at "seven"',
      picture: at(PUBLIC, '/boat.jpg'),
    })
    const latin = Buffer.from('<meta charset="iso-8859-1"><title>Fähre</title>', 'latin1')
    routes['/latin'] = page(latin, { 'content-type': 'text/html' })
    routes['/gzip'] = page(gzipSync(titled('Packed')), { 'content-encoding': 'gzip' })
    routes['/br'] = page(brotliCompressSync(titled('Squeezed')), { 'content-encoding': 'br' })
    const titles = ['/latin', '/gzip', '/br'].map(async (path) => (await read(at(PUBLIC, path)))?.title)
    expect(await Promise.all(titles)).toEqual(['Fähre', 'Packed', 'Squeezed'])
  })

  test('is read by name, and after three redirects at most', async () => {
    expect(await read(at('harbour.example'))).toMatchObject({ title: 'Harbour times', picture: null })
    routes = {
      ...routes,
      '/1': to('/2', 301),
      '/2': to(at('harbour.example', '/3'), 307),
      '/3': to('/', 308),
      '/0': to('/1'),
    }
    expect(await read(at(PUBLIC, '/1'))).toMatchObject({ title: 'Harbour times' })
    expect(await read(at(PUBLIC, '/0'))).toBeNull()
    routes['/round'] = to('/round')
    site.asked.length = 0
    expect(await read(at(PUBLIC, '/round'))).toBeNull()
    expect(site.asked).toHaveLength(4)
  })

  test('takes time in proportion to its length, however it is made', { timeout: 60_000 }, async () => {
    const started = performance.now()
    const hostile = [
      '<b>',
      '</b>',
      '<!--',
      '<a b=',
      '&',
      '<meta content="',
      '<title>',
      '</title',
      '<',
      '<svg><p>',
    ].map((piece) => piece.repeat(500_000 / piece.length))
    for (const [index, body] of hostile.entries()) {
      routes[`/${index}`] = page(`${body}<title>end</title>`)
      await read(at(PUBLIC, `/${index}`))
    }
    // some 20 ms each; what grows with the square takes minutes
    expect(performance.now() - started).toBeLessThan(30_000)
  })
})

describe('nothing is asked of a private network', () => {
  test.each([
    ['127.0.0.2', 'as it is'],
    ['2130706434', 'in one number'],
    ['0x7f.0.0.2', 'in hexadecimal'],
    ['0177.0.0.02', 'in octal'],
    ['127.2', 'with parts left out'],
    ['[::1]', 'of IPv6'],
    ['[::ffff:127.0.0.2]', 'of IPv4 within IPv6'],
    ['[::ffff:7f00:2]', 'of that in hexadecimal'],
    ['localhost', 'by the name that all machines have'],
    ['inside.example', 'by a name that leads there'],
    ['nowhere.example', 'by a name that leads nowhere'],
  ])('at %s: an address %s', async (host) => {
    expect(await read(at(host))).toBeNull()
    expect(site.asked).toEqual([])
  })

  test('by a redirect, to an address or to a name', async () => {
    routes = { ...routes, '/a': to(at('127.0.0.2')), '/b': to(at('inside.example')), '/c': to(at('[::1]')) }
    for (const path of ['/a', '/b', '/c']) expect(await read(at(PUBLIC, path))).toBeNull()
    expect(site.asked).toEqual(['/a', '/b', '/c'])
  })

  test('by a name that leads elsewhere once it was looked at', async () => {
    routes['/again'] = (response) => {
      names['harbour.example'] = ['127.0.0.2']
      to(at('harbour.example', '/'))(response)
    }
    expect(await read(at('harbour.example', '/again'))).toBeNull()
    expect(site.asked).toEqual(['/again'])
  })

  test('by a name with two addresses only the public one is called', async () => {
    await site.stop()
    site = await startWebServer(listener, '127.0.0.2')
    names['harbour.example'] = ['127.0.0.2', PUBLIC]
    expect(await read(at('harbour.example'))).toBeNull()
    expect(site.asked).toEqual([])
  })

  test('at other ports, with credentials, or by other schemes', async () => {
    const { port } = site
    const strict = createWebPages({ isPublic: (address) => address === PUBLIC, resolve })
    expect(await strict.page(`http://${PUBLIC}:${String(port)}/`, never)).toBeNull()
    expect(await read(`http://me:secret@${PUBLIC}:${String(port)}/`)).toBeNull()
    for (const url of [
      'file:///etc/hostname',
      'ftp://harbour.example/',
      'data:text/html,<title>x</title>',
      'no address',
    ])
      expect(await read(url)).toBeNull()
    routes['/file'] = to('file:///etc/hostname')
    expect(await read(at(PUBLIC, '/file'))).toBeNull()
    expect(site.asked).toEqual(['/file'])
  })

  test('but where the operator allows the very origin', async () => {
    const url = `http://127.0.0.2:${String(site.port)}/`
    const allowed = createWebPages({ allowed: [new URL(url).origin], resolve })
    expect(await allowed.page(url, never)).toMatchObject({ title: 'Harbour times' })
    expect(await allowed.page(url.replace('127.0.0.2', '127.0.0.3'), never)).toBeNull()
  })
})

describe('a page is let go of', () => {
  test('when it is no page', async () => {
    routes['/pdf'] = page(titled('x'), { 'content-type': 'application/pdf' })
    routes['/bare'] = (response) => void response.writeHead(200).end(titled('x'))
    routes['/error'] = (response) =>
      void response.writeHead(500, { 'content-type': 'text/html' }).end(titled('x'))
    routes['/odd'] = page(titled('x'), { 'content-encoding': 'zstd' })
    routes['/broken'] = page('no gzip at all', { 'content-encoding': 'gzip' })
    for (const path of ['/pdf', '/bare', '/error', '/odd', '/broken', '/404'])
      expect(await read(at(PUBLIC, path))).toBeNull()
  })

  test('after half a megabyte, and what it has said until then counts', async () => {
    let sent = 0
    let closed = false
    const endless = (first: string) => (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write(first)
      response.on('close', () => (closed = true))
      const more = () => {
        if (response.destroyed) return
        sent += 64_000
        response.write(' '.repeat(64_000), more)
      }
      more()
    }
    routes['/said'] = endless('<head><title>Said early</title>')
    routes['/late'] = endless('<head>')
    expect(await read(at(PUBLIC, '/said'))).toMatchObject({ title: 'Said early' })
    expect(await read(at(PUBLIC, '/late'))).toMatchObject({ title: '' })
    await expect.poll(() => closed).toBe(true)
    // what the sockets of both ends hold is sent too
    expect(sent).toBeLessThan(30_000_000)
    routes['/after'] = page(`<head>${' '.repeat(512_000)}<title>Said late</title>`)
    expect(await read(at(PUBLIC, '/after'))).toMatchObject({ title: '' })
  })

  test('when it unpacks without end', async () => {
    const bomb = gzipSync(Buffer.alloc(80_000_000, ' '))
    expect(bomb.length).toBeLessThan(100_000)
    routes['/bomb'] = page(Buffer.concat([bomb, gzipSync('<title>Said late</title>')]), {
      'content-encoding': 'gzip',
    })
    const before = process.memoryUsage().arrayBuffers
    expect(await read(at(PUBLIC, '/bomb'))).toMatchObject({ title: '' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  })

  test('when nothing but nothing comes, in whatever form', async () => {
    const trickle = (piece: Buffer, headers: Record<string, string>) => (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/html', ...headers })
      const more = () => {
        for (let at = 0; at < 500 && !response.destroyed; at += 1) response.write(piece)
        if (!response.destroyed) setImmediate(more)
      }
      more()
    }
    routes['/empty'] = trickle(gzipSync(''), { 'content-encoding': 'gzip' })
    routes['/crumbs'] = trickle(Buffer.from(' '), {})
    // neither has half a megabyte of page, nor an end: only what comes over the line can be counted
    for (const path of ['/empty', '/crumbs']) expect(await read(at(PUBLIC, path), 60_000)).toBeNull()
  })

  test('when its answer, or the rest of it, does not come in time', async () => {
    routes['/silent'] = () => undefined
    routes['/stuck'] = (response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).write('<title>Never whole')
    const started = performance.now()
    expect(await read(at(PUBLIC, '/silent'), 200)).toBeNull()
    expect(await read(at(PUBLIC, '/stuck'), 200)).toBeNull()
    expect(performance.now() - started).toBeLessThan(4_000)
  })

  test('when it is wanted no more', async () => {
    routes['/silent'] = () => undefined
    const ending = new AbortController()
    const reading = pagesWith(60_000).page(at(PUBLIC, '/silent'), ending.signal)
    await expect.poll(() => site.asked).toEqual(['/silent'])
    ending.abort()
    expect(await reading).toBeNull()
  })
})

describe('the picture of a page', () => {
  const picture = (url: string) => pagesWith().picture(url, never)

  test('comes by the same guard', async () => {
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
      .png()
      .toBuffer()
    routes['/boat.png'] = page(bytes, { 'content-type': 'image/png' })
    expect(await picture(at(PUBLIC, '/boat.png'))).toEqual(bytes)
    routes['/away'] = to(at('127.0.0.2', '/boat.png'))
    routes['/svg'] = page('<svg/>', { 'content-type': 'image/svg+xml' })
    routes['/html'] = page('<title>x</title>')
    routes['/large'] = page(Buffer.alloc(2_000_001), { 'content-type': 'image/png' })
    site.asked.length = 0
    for (const path of ['/away', '/svg', '/html', '/large'])
      expect(await picture(at(PUBLIC, path))).toBeNull()
    expect(await picture(at('127.0.0.2', '/boat.png'))).toBeNull()
    expect(site.asked).toEqual(['/away', '/svg', '/html', '/large'])
  })
})
