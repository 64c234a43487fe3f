import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { newFileId } from '@parley/contracts/files/file-id'
import { contentPath, previewPath, uploadPath } from '@parley/contracts/files/paths'
import { routes } from '@parley/contracts/routes'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { ZipFile } from 'yazl'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UNSENT_MAX } from '../domains/files/file.ts'
import { newId } from '../kernel/ids.ts'
import { call, succeed } from '../tenant-wall/call.ts'
import { type RunningApp, startApp, temporaryFiles } from '../tenant-wall/running-app.ts'
import { announceFile, sendBytes, tusHeaders, uploadFile } from '../tenant-wall/sample-files.ts'
import { makeWorld, type World } from '../tenant-wall/world.ts'

let app: RunningApp
let world: World
let data: string
let temporary: Awaited<ReturnType<typeof temporaryFiles>>
beforeAll(async () => {
  temporary = await temporaryFiles()
  data = temporary.data
  app = await startApp({ files: temporary.files })
  world = await makeWorld(app.base, 'Files')
})
afterAll(async () => {
  await app.stop()
  await temporary.remove()
})

const codeOf = (body: unknown) => (body as { error?: { code?: string } } | undefined)?.error?.code ?? 'done'
const codeIn = async (response: Response) => codeOf(JSON.parse((await response.text()) || '{}') as unknown)

const get = (path: string, token: string, headers: Record<string, string> = {}) =>
  fetch(app.base + path, { headers: { authorization: `Bearer ${token}`, ...headers } })
const offsetOf = async (id: string, token: string) => {
  const response = await fetch(app.base + uploadPath(id), { method: 'HEAD', headers: tusHeaders(token) })
  return Number(response.headers.get('upload-offset') ?? NaN)
}
const finish = (id: string, token: string, body = {}) =>
  call(app.base, routes.finishFile, { params: { fileId: id }, body }, token)
const send = (conversationId: string, token: string, files: string[], text = '') =>
  call(
    app.base,
    routes.sendMessageByRequest,
    { params: { conversationId }, body: { id: newId(), text, files } },
    token,
  )

/** A file's blobs, as paths. */
const blobsOf = (id: string): string[] => {
  const hex = Buffer.from(id, 'base64url').toString('hex')
  const all = readdirSync(join(data, 'files'), { recursive: true, encoding: 'utf8' })
  return all.filter((name) => name.includes(hex)).map((name) => join(data, 'files', name))
}

/** Sends the beginning of a body, and then breaks the connection off. */
const breakOff = (id: string, token: string, bytes: Uint8Array, after: number) =>
  new Promise<void>((resolve) => {
    const headers = {
      ...tusHeaders(token),
      'upload-offset': 0,
      'content-type': 'application/offset+octet-stream',
      'content-length': bytes.length,
    }
    const broken = request(app.base + uploadPath(id), { method: 'PATCH', headers })
    broken.on('error', () => resolve())
    broken.on('close', () => resolve())
    broken.write(bytes.subarray(0, after), () => setTimeout(() => broken.destroy(), 30))
  })

describe('an upload', () => {
  test.each([1, 70_000, 199_999])('cut off after %i bytes goes on from there', async (after) => {
    const { token } = world.spare
    const bytes = randomBytes(200_000)
    const id = await announceFile(app.base, token, { bytes })
    await breakOff(id, token, bytes, after)
    await expect.poll(() => offsetOf(id, token)).toBe(after)
    expect(codeOf((await finish(id, token)).body)).toBe('upload_incomplete')
    expect(await codeIn(await sendBytes(app.base, token, id, bytes, 3))).toBe('upload_conflict')
    expect((await sendBytes(app.base, token, id, bytes.subarray(after), after)).status).toBe(204)
    expect(codeOf((await finish(id, token)).body)).toBe('done')
    const kept = Buffer.from(await (await get(contentPath(id), token)).arrayBuffer())
    expect(kept.equals(bytes)).toBe(true)
  })

  test('of one file twice at once ends well: one goes on, the other is told to look again', async () => {
    const { token } = world.spare
    const bytes = randomBytes(300_000)
    const id = newFileId()
    await Promise.all([1, 2, 3].map(() => announceFile(app.base, token, { bytes, id })))
    const answers = await Promise.all([1, 2].map(() => sendBytes(app.base, token, id, bytes)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    const finished = await Promise.all([1, 2, 3].map(() => finish(id, token)))
    expect(new Set(finished.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(finished[0]).toMatchObject({ status: 200, body: { id, size: 300_000 } })
  })

  test('that is larger than was said is refused, and one that is smaller is never finished', async () => {
    const { token } = world.spare
    const bytes = randomBytes(90_000)
    const id = await announceFile(app.base, token, { bytes: bytes.subarray(0, 80_000) })
    expect(await codeIn(await sendBytes(app.base, token, id, bytes))).toBe('too_large')
    const small = await announceFile(app.base, token, { bytes })
    expect((await sendBytes(app.base, token, small, bytes.subarray(0, 80_000))).status).toBe(204)
    expect(codeOf((await finish(small, token)).body)).toBe('upload_incomplete')
    expect(codeOf((await send(world.ids.conversation, token, [small])).body)).toBe('upload_incomplete')
  })

  test('is not disturbed by who names it and has no part in it', async () => {
    const { spare, other } = world
    const bytes = randomBytes(70_000)
    const id = await announceFile(app.base, spare.token, { bytes })
    const headers = {
      ...tusHeaders(spare.token),
      'upload-offset': 0,
      'content-type': 'application/offset+octet-stream',
      'content-length': bytes.length,
    }
    const sending = request(app.base + uploadPath(id), { method: 'PATCH', headers })
    const answered = new Promise<number | undefined>((resolve) => {
      sending.on('response', (response) => resolve(response.resume().statusCode))
      sending.on('error', () => resolve(undefined))
    })
    await new Promise<void>((resolve) => sending.write(bytes.subarray(0, 30_000), () => resolve()))
    await new Promise((resolve) => setTimeout(resolve, 50)) // it has begun
    expect(codeOf((await finish(id, other.token)).body)).toBe('not_found')
    const poster = await call(app.base, routes.setPoster, { params: { fileId: id } }, other.token)
    expect(codeOf(poster.body)).toBe('not_found')
    sending.end(bytes.subarray(30_000))
    expect(await answered).toBe(204)
    expect(await offsetOf(id, spare.token)).toBe(70_000)
  })

  test('is its uploader’s alone, and can be given up, which leaves nothing', async () => {
    const { spare, other } = world
    const bytes = randomBytes(70_000)
    const id = await announceFile(app.base, spare.token, { bytes })
    expect(await codeIn(await sendBytes(app.base, other.token, id, bytes))).toBe('not_found')
    await sendBytes(app.base, spare.token, id, bytes)
    expect(await codeIn(await get(contentPath(id), other.token))).toBe('not_found')
    const { usedBytes } = await succeed(app.base, 'fileLimits', {}, spare.token)
    const gone = await fetch(app.base + uploadPath(id), {
      method: 'DELETE',
      headers: tusHeaders(spare.token),
    })
    expect(gone.status).toBe(204)
    expect(blobsOf(id)).toEqual([])
    expect((await succeed(app.base, 'fileLimits', {}, spare.token)).usedBytes).toBe(usedBytes - 70_000)
    expect(codeOf((await finish(id, spare.token)).body)).toBe('not_found')
  })
})

describe('what is handed out', () => {
  test('ranges: those that are there come, those that are not are said to be outside', async () => {
    const { token } = world.spare
    const bytes = randomBytes(150_000)
    const id = await uploadFile(app.base, token, { bytes })
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=65535-65536', 65_535, 65_537],
      ['bytes=149999-', 149_999, 150_000],
      ['bytes=-5', 149_995, 150_000],
      ['bytes=100-999999999', 100, 150_000],
      ['bytes=-999999', 0, 150_000],
    ] as const) {
      const answer = await get(contentPath(id), token, { range })
      expect([answer.status, answer.headers.get('content-range')]).toEqual([
        206,
        `bytes ${from}-${to - 1}/150000`,
      ])
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true)
    }
    for (const range of ['bytes=150000-', 'bytes=999999999-', 'bytes=-0']) {
      const answer = await get(contentPath(id), token, { range })
      expect([range, answer.status, answer.headers.get('content-range')]).toEqual([
        range,
        416,
        'bytes */150000',
      ])
      expect(await codeIn(answer)).toBe('range_outside')
    }
    for (const range of ['bytes=5-2', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=x'])
      expect([range, (await get(contentPath(id), token, { range })).status]).toEqual([range, 200])
  })

  test('A8: what could run is only ever saved, as bytes that mean nothing', async () => {
    const { token } = world.spare
    const evil = '<script>alert(document.domain)</script>'
    for (const [name, kind, type, text] of [
      ['page.html', 'document', 'application/pdf', `<!doctype html>${evil}`],
      ['picture.png', 'picture', 'image/png', `<html>${evil}</html>`],
      ['film.mp4', 'video', 'video/mp4', evil],
      ['drawing.svg', 'picture', 'image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg">${evil}</svg>`],
      ['feed.xml', 'document', 'text/xml', `<?xml version="1.0"?><x>${evil}</x>`],
    ] as const) {
      const id = await uploadFile(app.base, token, {
        name,
        kind,
        type,
        bytes: new TextEncoder().encode(text),
      })
      const { headers } = await get(contentPath(id), token)
      expect([name, headers.get('content-type')]).toEqual([name, 'application/octet-stream'])
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename=/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox$/)
      expect(headers.get('cache-control')).toBe('private, no-store')
    }
  })

  test('A8: a picture with a page behind it, and with a place in it, is neither any more', async () => {
    const { token } = world.spare
    const picture = await sharp({ create: { width: 60, height: 30, channels: 3, background: '#336699' } })
      .withExif({ IFD0: { ImageDescription: 'where she lives' } })
      .jpeg()
      .toBuffer()
    const bytes = Buffer.concat([picture, Buffer.from('<html><script>alert(1)</script></html>')])
    const id = await announceFile(app.base, token, { bytes, name: '../holiday.png', kind: 'picture' })
    await sendBytes(app.base, token, id, bytes)
    const { body } = await finish(id, token, { width: 9, height: 9 })
    expect(body).toMatchObject({
      kind: 'picture',
      type: 'image/jpeg',
      name: 'holiday.jpg',
      width: 60,
      preview: true,
    })
    const kept = Buffer.from(await (await get(contentPath(id), token)).arrayBuffer())
    expect([kept.includes('where she lives'), kept.includes('script')]).toEqual([false, false])
    expect((await get(previewPath(id), token)).headers.get('content-type')).toBe('image/webp')
    await expect
      .poll(() =>
        blobsOf(id)
          .map((path) => path.split('.').at(-1))
          .sort(),
      )
      .toEqual(['picture', 'preview'])
  })

  test('a picture that would fill the memory is refused, and one that lies about its size as well', async () => {
    const { token } = world.spare
    const square = sharp({ create: { width: 9_000, height: 8_000, channels: 3, background: '#123456' } })
    const bomb = await square.png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(1_000_000)
    const id = await announceFile(app.base, token, { bytes: bomb, name: 'bomb.png', kind: 'picture' })
    await sendBytes(app.base, token, id, bomb)
    expect(codeOf((await finish(id, token)).body)).toBe('picture_too_large')
    // says 65,535 by 65,535 in its head and holds nothing of it
    const liar = Buffer.from(
      await sharp({ create: { width: 8, height: 8, channels: 3, background: '#123' } })
        .png()
        .toBuffer(),
    )
    liar.writeUInt32BE(65_535, 16)
    liar.writeUInt32BE(65_535, 20)
    const other = await announceFile(app.base, token, { bytes: liar, name: 'liar.png', kind: 'picture' })
    await sendBytes(app.base, token, other, liar)
    const { body } = await finish(other, token)
    expect(['picture_too_large', 'document']).toContain(
      codeOf(body) === 'done' ? (body as { kind?: string }).kind : codeOf(body),
    )
  })

  test('an archive that would fill the disk is kept as it is, because nobody unpacks it', async () => {
    const { token } = world.spare
    const zip = new ZipFile()
    zip.addBuffer(Buffer.alloc(200_000_000), 'zeros')
    zip.end()
    const bytes = await buffer(zip.outputStream)
    expect(bytes.length).toBeLessThan(1_000_000)
    const before = process.memoryUsage().rss
    const id = await uploadFile(app.base, token, { bytes, name: 'plans.docx' })
    const answer = await get(contentPath(id), token)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })

  test('a blob that is missing or altered is said to be damaged, in the log too, and the rest keeps working', async () => {
    const { token } = world.spare
    const bytes = randomBytes(100_000)
    const [missing, altered, sound] = [
      await uploadFile(app.base, token, { bytes }),
      await uploadFile(app.base, token, { bytes }),
      await uploadFile(app.base, token, { bytes }),
    ]
    rmSync(blobsOf(missing)[0]!)
    const [path = ''] = blobsOf(altered)
    const blob = readFileSync(path)
    blob[500] = (blob[500] ?? 0) ^ 1
    writeFileSync(path, blob)
    for (const id of [missing, altered]) {
      const answer = await get(contentPath(id), token)
      expect([answer.status, await codeIn(answer)]).toEqual([500, 'file_damaged'])
      expect(app.logged()).toContain(id)
    }
    expect((await get(contentPath(sound), token)).status).toBe(200)
    expect(statSync(path).size).toBeGreaterThan(100_000)
  })
})

describe('who may have it', () => {
  test('those who see the message, for as long as they do, and nobody who only knows the address', async () => {
    const { spare, other, people } = world
    const id = await uploadFile(app.base, spare.token)
    const group = world.ids.group
    expect(codeOf((await send(group, spare.token, [id])).body)).toBe('done')
    expect((await get(contentPath(id), other.token)).status).toBe(200)
    expect(await codeIn(await get(contentPath(id), people.admin.token))).toBe('not_found')
    const stolen = await send(world.talkOf.admin, people.admin.token, [id])
    expect(codeOf(stolen.body)).toBe('not_found')
    // passed on by who sees it, it is theirs too, and the bytes are there once
    expect(codeOf((await send(world.talkOf.admin, spare.token, [id], 'look')).body)).toBe('done')
    expect((await get(contentPath(id), people.admin.token)).status).toBe(200)
    const removal = {
      params: { conversationId: group },
      body: { memberId: other.memberId, keepsHistory: false },
    }
    await succeed(app.base, 'removeFromGroup', removal, spare.token)
    expect(await codeIn(await get(contentPath(id), other.token))).toBe('not_found')
    expect((await get(contentPath(id), people.admin.token)).status).toBe(200)
    const input = { params: { conversationId: world.talkOf.admin }, query: { which: 'documents' } } as const
    const { items } = await succeed(app.base, 'listConversationFiles', input, people.admin.token)
    expect(items).toMatchObject([{ senderId: spare.memberId, file: { id, name: 'secret.txt' } }])
  })

  test('A2: a member who is deactivated while uploading is cut off, and keeps nothing going', async () => {
    const { people } = world
    const bytes = randomBytes(3_000_000)
    const id = await announceFile(app.base, people.manager.token, { bytes })
    const answered = new Promise<number>((resolve) => {
      const headers = {
        ...tusHeaders(people.manager.token),
        'upload-offset': 0,
        'content-type': 'application/offset+octet-stream',
        'content-length': bytes.length,
      }
      const slow = request(app.base + uploadPath(id), { method: 'PATCH', headers })
      slow.on('response', (response) => resolve(response.resume().statusCode ?? 0))
      slow.on('error', () => resolve(0))
      let at = 0
      const timer = setInterval(() => {
        if (at >= bytes.length || slow.destroyed) clearInterval(timer)
        else slow.write(bytes.subarray(at, (at += 100_000)))
      }, 50)
    })
    await expect.poll(() => blobsOf(id).length).toBe(1)
    const params = { memberId: people.manager.memberId }
    await succeed(app.base, 'deactivateMember', { params }, people.admin.token)
    expect([0, 401, 403]).toContain(await answered)
    expect(statSync(blobsOf(id)[0]!).size).toBeLessThan(3_000_000)
  })
})

test('T3: the quota holds exactly, however many files are announced at once', async () => {
  const limited = await temporaryFiles({ maxBytes: 5_000, quotaBytes: 10_000 })
  const small = await startApp({ files: limited.files })
  const { token } = (await makeWorld(small.base, 'Small')).spare
  const { usedBytes, ...limits } = await succeed(small.base, 'fileLimits', {}, token)
  expect(limits).toEqual({ maxBytes: 5_000, quotaBytes: 10_000 })
  const announce = async (size: number) => {
    const body = { id: newFileId(), name: 'x', size, type: '', kind: 'document' }
    return codeOf((await call(small.base, routes.createFile, { body }, token)).body)
  }
  expect(await announce(5_001)).toBe('file_too_large')
  const codes = await Promise.all(Array.from({ length: 30 }, () => announce(1_000)))
  const room = Math.floor((10_000 - usedBytes) / 1_000)
  expect(codes.filter((code) => code === 'done')).toHaveLength(room)
  expect(codes.filter((code) => code === 'quota_full')).toHaveLength(30 - room)
  await small.stop()
  await limited.remove()
})

test('what one member has begun and not sent is bounded', { timeout: 120_000 }, async () => {
  const { token } = (await makeWorld(app.base, 'Unsent')).spare
  const announce = async () => {
    const body = { id: newFileId(), name: 'x', size: 10, type: '', kind: 'document' }
    return codeOf((await call(app.base, routes.createFile, { body }, token)).body)
  }
  const codes = new Map<string, number>()
  for (let made = 0; made < UNSENT_MAX + 20; made += 20)
    for (const code of await Promise.all(Array.from({ length: 20 }, announce)))
      codes.set(code, (codes.get(code) ?? 0) + 1)
  // one file of its own belongs to every world
  expect(codes.get('done')).toBeLessThanOrEqual(UNSENT_MAX)
  expect(codes.get('done')).toBeGreaterThanOrEqual(UNSENT_MAX - 2)
  expect(codes.get('uploads_unfinished')).toBeGreaterThanOrEqual(20)
})
