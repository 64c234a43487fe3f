import { newFileId } from '@parley/contracts/files/file-id'
import { contentPath, uploadPath } from '@parley/contracts/files/paths'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callApi, createMembers } from './parley-api.ts'
import { startParley, startPlainFiles, type Target } from './processes.ts'
import { atLeast, atMost, report, type Figure, type Scenario } from './scenario.ts'

const MB = 1_000_000
/** What the product's client sends in one request. */
const PIECE = 8 * 1024 * 1024
const SEEKS = 30
const ROUNDS = 3

const block = randomBytes(1024 * 1024)

/** Sends so many bytes, as fast as they are taken. @throws Error where they are refused */
function send(
  address: string,
  method: string,
  size: number,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const given = { ...headers, 'content-length': String(size) }
    const asking = request(address, { method, headers: given }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        if (answer.statusCode === 204) resolve()
        else reject(new Error(`${method} ${address}: ${String(answer.statusCode)}`))
      })
    })
    asking.on('error', reject)
    let left = size
    const push = () => {
      while (left > 0) {
        const piece = left < block.length ? block.subarray(0, left) : block
        left -= piece.length
        if (!asking.write(piece)) {
          asking.once('drain', push)
          return
        }
      }
      asking.end()
    }
    push()
  })
}

/** Fetches bytes and throws them away. @param first end with the first of them @returns how many came */
function receive(address: string, headers: Readonly<Record<string, string>>, first = false): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(address, { headers }, (answer) => {
      let count = 0
      if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${address}: ${String(answer.statusCode)}`))
      answer.on('data', (piece: Buffer) => {
        count += piece.length
        if (!first) return
        resolve(count)
        asking.destroy()
      })
      answer.on('end', () => resolve(count))
    })
    asking.on('error', reject)
    asking.end()
  })
}

/** MB a second. */
async function rate(size: number, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return size / MB / ((performance.now() - begun) / 1_000)
}

async function uploadToParley(base: string, headers: Readonly<Record<string, string>>, size: number) {
  const id = newFileId()
  const body = { id, name: 'film.bin', size, type: 'application/octet-stream', kind: 'document' }
  const token = headers['authorization']?.slice('Bearer '.length)
  await callApi(base, 'POST', '/api/files', body, token)
  for (let offset = 0; offset < size; offset += PIECE) {
    const piece = Math.min(PIECE, size - offset)
    await send(base + uploadPath(id), 'PATCH', piece, {
      ...headers,
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    })
  }
  await callApi(base, 'POST', `/api/files/${id}/finish`, {}, token)
  return id
}

/** The most that a process has had beyond what it had at first, in MB. */
async function watchMemory<T>({ pid }: Target, work: () => Promise<T>): Promise<[T, number]> {
  const resident = async () => {
    const status = await readFile(`/proc/${String(pid)}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1_024
  }
  const before = await resident()
  let most = before
  const timer = setInterval(() => {
    void resident().then((now) => {
      most = Math.max(most, now)
    })
  }, 50)
  try {
    return [await work(), most - before]
  } finally {
    clearInterval(timer)
  }
}

/** The 95th percentile of the time to the first bytes at places all over the file, in ms. */
async function seek(address: string, headers: Readonly<Record<string, string>>, size: number) {
  const times: number[] = []
  for (let at = 0; at < SEEKS; at += 1) {
    const from = Math.floor(((at * 7_919) % SEEKS) * ((size - 1) / SEEKS))
    const begun = performance.now()
    await receive(address, { ...headers, range: `bytes=${String(from)}-` }, true)
    times.push(performance.now() - begun)
  }
  return times.sort((a, b) => a - b)[Math.floor(SEEKS * 0.95)] ?? NaN
}

const best = (rates: readonly number[]) => Math.max(...rates)

async function compare(plain: Target, parley: Target, size: number, rounds: number): Promise<Figure[]> {
  const [admin] = await createMembers(parley.base, 1)
  if (!admin) throw new Error('nobody signed up')
  const headers = {
    authorization: `Bearer ${admin.accessToken}`,
    [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
  }
  const rules = { fileMaxBytes: 2_000 * MB, fileQuotaBytes: null }
  await callApi(parley.base, 'PATCH', '/api/organisation/communication', rules, admin.accessToken)
  // what is loaded with the first file is not growth
  const small = await uploadToParley(parley.base, headers, 20 * MB)
  await receive(parley.base + contentPath(small), headers)
  const rates = {
    plainUp: [] as number[],
    plainDown: [] as number[],
    up: [] as number[],
    down: [] as number[],
  }
  let id = ''
  const [, grown] = await watchMemory(parley, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const plainHeaders = { 'content-type': 'application/octet-stream' }
      rates.plainUp.push(await rate(size, () => send(`${plain.base}/plain`, 'PUT', size, plainHeaders)))
      rates.up.push(
        await rate(size, async () => {
          id = await uploadToParley(parley.base, headers, size)
        }),
      )
      rates.plainDown.push(await rate(size, () => receive(`${plain.base}/plain`, {})))
      rates.down.push(await rate(size, () => receive(parley.base + contentPath(id), headers)))
    }
  })
  const sought = await seek(parley.base + contentPath(id), headers, size)
  const of = `${String(Math.round(size / MB))} MB`
  return [
    report(`Plain server, upload of ${of}`, best(rates.plainUp), 'MB/s'),
    report(`Parley, upload of ${of}`, best(rates.up), 'MB/s'),
    atLeast('Upload, Parley of the plain server', best(rates.up) / best(rates.plainUp), 0.3, 'times'),
    report(`Plain server, download of ${of}`, best(rates.plainDown), 'MB/s'),
    report(`Parley, download of ${of}`, best(rates.down), 'MB/s'),
    atLeast('Download, Parley of the plain server', best(rates.down) / best(rates.plainDown), 0.4, 'times'),
    atMost('Parley, memory beyond what it had', grown, 64, 'MB'),
    atMost(`Seek in ${of}, p95 to the first bytes`, sought, 100, 'ms'),
  ]
}

/** Files against a server that keeps them as they are: same HTTP stack, same disk, same run, the better of each. */
export const files: Scenario = {
  name: 'files',
  async run({ quick }) {
    const folder = await mkdtemp(join(tmpdir(), 'parley-bench-files-'))
    const plain = await startPlainFiles(folder)
    const parley = await startParley({ data: join(folder, 'parley') })
    try {
      return await compare(plain, parley, quick ? 100 * MB : 1_000 * MB, quick ? 1 : ROUNDS)
    } finally {
      await parley.stop()
      await plain.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
