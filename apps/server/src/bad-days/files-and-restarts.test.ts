import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { contentPath, uploadPath } from '@parley/contracts/files/paths'
import { expect, test } from 'vitest'
import { call, succeed } from '../tenant-wall/call.ts'
import { announceFile, sendBytes, tusHeaders, uploadFile } from '../tenant-wall/sample-files.ts'
import { makeWorld } from '../tenant-wall/world.ts'
import { routes } from '@parley/contracts/routes'
import { answering, type Program, startProgram, takePort, temporaryFolder } from './server-process.ts'

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
    expect(blobs(folder.path)).toEqual(before)
    const finished = await call(base, routes.finishFile, { params: { fileId: id }, body: {} }, token)
    expect(finished.status).toBe(409)
    await uploadFile(base, token)
    await end(program)
    folder.remove()
  },
)
