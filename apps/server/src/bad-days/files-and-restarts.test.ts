import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { request } from 'node:http'
import path from 'node:path'
import { newFileId } from '@parley/contracts/files/file-id'
import { contentPath, uploadPath } from '@parley/contracts/files/paths'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { call, succeed } from '../tenant-wall/call.ts'
import { announceFile, sendBytes, tusHeaders, uploadFile } from '../tenant-wall/sample-files.ts'
import { makeWorld } from '../tenant-wall/world.ts'
import { routes } from '@parley/contracts/routes'
import {
  answering,
  heedingRights,
  type Program,
  startProgram,
  takePort,
  temporaryFolder,
} from './server-process.ts'

async function startingOn(data: string, through: readonly string[] = []) {
  const { port, free } = await takePort()
  await free()
  const base = `http://127.0.0.1:${port}`
  const start = async () => {
    const program = startProgram(['--port', String(port), '--data', data], {}, through)
    await answering(base, program)
    return program
  }
  return { base, start }
}

const end = async ({ child, ended }: Program, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
  child.kill(signal)
  await ended
}

const blobs = (data: string): string[] => {
  const all = readdirSync(path.join(data, 'files'), { recursive: true, encoding: 'utf8' })
  return all.filter((name) => /\.(original|picture|preview)$/.test(name))
}

test(
  'an upload goes on after the server was killed, and nothing of it lies there in the clear',
  { timeout: 90_000 },
  async () => {
    const folder = temporaryFolder()
    const { base, start } = await startingOn(folder.path)
    let program = await start()
    const { token } = (await makeWorld(base, 'Restart')).spare
    const bytes = randomBytes(400_000)
    const id = await announceFile(base, token, { bytes })
    expect((await sendBytes(base, token, id, bytes.subarray(0, 250_001))).status).toBe(204)
    await end(program, 'SIGKILL')
    program = await start()
    const head = await fetch(base + uploadPath(id), { method: 'HEAD', headers: tusHeaders(token) })
    const offset = Number(head.headers.get('upload-offset'))
    expect(offset).toBe(250_001)
    expect((await sendBytes(base, token, id, bytes.subarray(offset), offset)).status).toBe(204)
    await succeed(base, 'finishFile', { params: { fileId: id }, body: {} }, token)
    await end(program)
    program = await start()
    const kept = await fetch(base + contentPath(id), { headers: { authorization: `Bearer ${token}` } })
    expect(Buffer.from(await kept.arrayBuffer()).equals(bytes)).toBe(true)
    await end(program)

    // the same files without their key
    rmSync(path.join(folder.path, 'master-key'))
    const refused = startProgram(['--port', '0', '--data', folder.path])
    expect(await refused.ended).toBe(1)
    expect(refused.said()).toMatch(/encrypted under the master key [0-9a-f]{16}, which is missing/)
    expect(existsSync(path.join(folder.path, 'master-key'))).toBe(false)
    const wrong = startProgram(['--port', '0', '--data', folder.path], {
      PARLEY_MASTER_KEY: randomBytes(32).toString('base64'),
    })
    expect(await wrong.ended).toBe(1)
    expect(wrong.said()).toContain('nothing was changed')
    const key = path.join(folder.path, 'master-key')
    writeFileSync(key, randomBytes(32).toString('base64url'))
    chmodSync(key, 0o000)
    const unreadable = startProgram(['--port', '0', '--data', folder.path], {}, heedingRights)
    expect(await unreadable.ended).toBe(1)
    expect(unreadable.said()).toMatch(/master-key cannot be read \(EACCES\).*nothing was changed/)
    folder.remove()
  },
)

/** Begins a request, and does not wait for what becomes of it. */
function begin(address: string, method: string, headers: Record<string, string | number>, body: Uint8Array) {
  const begun = request(address, { method, headers })
  begun.on('error', () => undefined)
  begun.write(body)
  return begun
}

test(
  'killed at whatever stage of an upload, the server goes on with it: nothing is lost, and nothing counts twice',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder()
    const { base, start } = await startingOn(folder.path)
    let program = await start()
    const { token } = (await makeWorld(base, 'Stages')).spare
    const used = async () => (await succeed(base, 'fileLimits', {}, token)).usedBytes
    const before = await used()
    const bytes = randomBytes(300_000)
    // a picture that takes long to make over
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
    const large = sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#246', noise } })
    const picture = await large.jpeg({ quality: 90 }).toBuffer()
    const json = { ...tusHeaders(token), 'content-type': 'application/json' }
    const stages = ['creating', 'created', 'sending', 'torn', 'sent', 'processing', 'finished'] as const
    const ids = Object.fromEntries(stages.map((stage) => [stage, newFileId()])) as Record<
      (typeof stages)[number],
      string
    >
    const given = (stage: (typeof stages)[number]) =>
      stage === 'processing'
        ? { bytes: picture, name: 'large.jpg', kind: 'picture' as const, id: ids[stage] }
        : { bytes, id: ids[stage] }
    for (const stage of stages.slice(1)) await announceFile(base, token, given(stage))
    await sendBytes(base, token, ids.torn, bytes.subarray(0, 200_000))
    for (const stage of ['sent', 'finished', 'processing'] as const)
      expect((await sendBytes(base, token, ids[stage], given(stage).bytes)).status).toBe(204)
    const told = await succeed(base, 'finishFile', { params: { fileId: ids.finished }, body: {} }, token)
    const tus = {
      ...tusHeaders(token),
      'upload-offset': 0,
      'content-type': 'application/offset+octet-stream',
    }
    const patch = { ...tus, 'content-length': bytes.length }
    begin(base + uploadPath(ids.sending), 'PATCH', patch, bytes.subarray(0, 150_000))
    const finish = `${base}/api/files/${ids.processing}/finish`
    begin(finish, 'POST', { ...json, 'content-length': 2 }, Buffer.from('{}'))
    await expect.poll(() => blobOf(folder.path, ids.sending) !== undefined).toBe(true)
    const { bytes: ofCreating, ...creating } = given('creating')
    const announced = { ...creating, name: 'x', size: ofCreating.length, type: '', kind: 'document' }
    const body = Buffer.from(JSON.stringify(announced))
    begin(`${base}/api/files`, 'POST', { ...json, 'content-length': body.length }, body)
    await end(program, 'SIGKILL')
    // the power went as well: a frame is there in part
    const torn = blobOf(folder.path, ids.torn) ?? ''
    truncateSync(torn, statSync(torn).size - 1_000)

    program = await start()
    for (const stage of stages) {
      const id = await announceFile(base, token, given(stage))
      const head = await fetch(base + uploadPath(id), { method: 'HEAD', headers: tusHeaders(token) })
      const offset = Number(head.headers.get('upload-offset'))
      const whole = given(stage).bytes
      if (stage === 'torn') expect([stage, offset]).toEqual([stage, 3 * 65_536])
      if (['sent', 'processing', 'finished'].includes(stage))
        expect([stage, offset]).toEqual([stage, whole.length])
      if (offset < whole.length)
        expect((await sendBytes(base, token, id, whole.subarray(offset), offset)).status).toBe(204)
      const done = await succeed(base, 'finishFile', { params: { fileId: id }, body: {} }, token)
      if (stage === 'finished') expect(done).toEqual(told)
      if (stage === 'processing') expect(done).toMatchObject({ kind: 'picture', preview: true, width: 4_000 })
      const kept = await fetch(base + contentPath(id), { headers: { authorization: `Bearer ${token}` } })
      const content = Buffer.from(await kept.arrayBuffer())
      expect([stage, content.length]).toEqual([stage, done.size])
      if (stage !== 'processing') expect([stage, content.equals(bytes)]).toEqual([stage, true])
      else expect((await sharp(content).metadata()).width).toBe(4_000)
    }
    const sizes = (stages.length - 1) * bytes.length
    const made = await succeed(base, 'finishFile', { params: { fileId: ids.processing }, body: {} }, token)
    expect(await used()).toBe(before + sizes + made.size)
    await end(program)
    folder.remove()
  },
)

const blobOf = (data: string, id: string): string | undefined => {
  const name = blobs(data).find((one) => one.includes(Buffer.from(id, 'base64url').toString('hex')))
  return name === undefined ? undefined : path.join(data, 'files', name)
}

/** A disk of its own for the server's files, which only it sees. */
const diskOf = (megabytes: number, folder: string): string[] => [
  ...['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'],
  `mount -t tmpfs -o size=${String(megabytes)}m tmpfs "${folder}" && exec "$@"`,
  'sh',
]
const ownDisks = spawnSync('unshare', [...diskOf(1, '/mnt').slice(1), 'true']).status === 0

// where that is not allowed, as in some containers, the test below this one stands for it
test.runIf(ownDisks)(
  'a disk that really is full in mid-upload: the upload is refused, frees what it took, and goes through once there is room',
  { timeout: 90_000 },
  async () => {
    const folder = temporaryFolder()
    const files = path.join(folder.path, 'files')
    mkdirSync(files)
    const { base, start } = await startingOn(folder.path, diskOf(100, files))
    const program = await start()
    const { token } = (await makeWorld(base, 'Disk')).spare
    const bytes = randomBytes(12_000_000)
    const id = await announceFile(base, token, { bytes })
    // seen from outside, the disk is under the process
    const filler = `/proc/${String(program.child.pid)}/root${files}/filler`
    writeFileSync(filler, Buffer.alloc(94 * 1024 * 1024))
    const answer = await sendBytes(base, token, id, bytes)
    expect([answer.status, await answer.text()]).toEqual([
      507,
      expect.stringContaining('storage_full') as string,
    ])
    const announced = {
      body: { id: newFileId(), name: 'x', size: 1_000, type: '', kind: 'document' },
    } as const
    expect((await call(base, routes.createFile, announced, token)).status).toBe(507)
    rmSync(filler)
    expect((await sendBytes(base, token, id, bytes)).status).toBe(204)
    await succeed(base, 'finishFile', { params: { fileId: id }, body: {} }, token)
    const kept = await fetch(base + contentPath(id), { headers: { authorization: `Bearer ${token}` } })
    expect(Buffer.from(await kept.arrayBuffer()).equals(bytes)).toBe(true)
    await end(program)
    folder.remove()
  },
)

test(
  'a disk that is full in mid-upload is said as such, leaves nothing, and the rest goes on',
  { timeout: 90_000 },
  async () => {
    const folder = temporaryFolder()
    // no file of this process may grow beyond that, which the kernel refuses as it refuses a full disk
    const { base, start } = await startingOn(folder.path, ['prlimit', `--fsize=${String(8_000_000)}`])
    const program = await start()
    const { token } = (await makeWorld(base, 'Full')).spare
    const before = blobs(folder.path)
    const bytes = randomBytes(10_000_000)
    const id = await announceFile(base, token, { bytes })
    const answer = await sendBytes(base, token, id, bytes)
    expect([answer.status, await answer.text()]).toEqual([
      507,
      expect.stringContaining('storage_full') as string,
    ])
    // what was there may be swept away meanwhile
    expect(blobs(folder.path).filter((blob) => !before.includes(blob))).toEqual([])
    const finished = await call(base, routes.finishFile, { params: { fileId: id }, body: {} }, token)
    expect(finished.status).toBe(409)
    await uploadFile(base, token)
    await end(program)
    folder.remove()
  },
)
