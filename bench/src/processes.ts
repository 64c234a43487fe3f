import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { serverFlags } from '../../scripts/server-flags.mjs'

/** A server under test, in a process of its own. */
export interface Target {
  readonly base: string
  readonly pid: number
  /** Resident memory in bytes and the event loop's p99 delay in ms since the last call. */
  figures(): Promise<{ rss: number; delayP99: number }>
  stop(): Promise<void>
}

const here = import.meta.dirname

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

export const startRelay = (): Promise<Target> => startYardstick('relay-server.ts')

/** @param folder where it keeps what it gets */
export const startPlainFiles = (folder: string): Promise<Target> =>
  startYardstick('plain-files-server.ts', folder)

async function startYardstick(program: string, ...args: readonly string[]): Promise<Target> {
  const child = spawn(process.execPath, [join(here, program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => String((await lines.next()).value)
  const base = await nextLine()
  return {
    base,
    pid: child.pid ?? 0,
    async figures() {
      child.stdin.write('figures\n')
      return JSON.parse(await nextLine()) as { rss: number; delayP99: number }
    },
    async stop() {
      child.stdin.end()
      await ended(child)
    },
  }
}

export interface ParleyOptions {
  /** A MongoDB address; the embedded database otherwise. */
  readonly storage?: string
  readonly args?: readonly string[]
  /** A data folder to use and keep; a temporary one otherwise. */
  readonly data?: string
}

/** Starts the product as an operator would, with rate limits off, and waits until it is ready. */
export async function startParley(options: ParleyOptions = {}): Promise<Target> {
  const port = await freePort()
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'parley-bench-')))
  const main = join(here, '../../apps/server/src/main.ts')
  const child = spawn(
    process.execPath,
    [...serverFlags, main, '--port', String(port), '--data', data, ...(options.args ?? [])],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(here, '../../.cache/compile'), // as npm start does
        PARLEY_RATE_LIMITS: 'off',
        PARLEY_LOG_LEVEL: 'warn',
        ...(options.storage === undefined ? {} : { PARLEY_STORAGE: options.storage }),
      },
    },
  )
  const base = `http://127.0.0.1:${String(port)}`
  await ready(base, child)
  return {
    base,
    pid: child.pid ?? 0,
    figures: () => readMetrics(base),
    async stop() {
      child.kill('SIGTERM')
      await ended(child)
      if (options.data === undefined) await rm(data, { recursive: true, force: true })
    },
  }
}

async function ready(base: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${String(child.exitCode)}`)
    const response = await fetch(`${base}/ready`).catch(() => null)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('the server did not become ready within 15 s')
}

async function readMetrics(base: string): Promise<{ rss: number; delayP99: number }> {
  const text = await (await fetch(`${base}/metrics`)).text()
  const value = (name: string) =>
    Number(new RegExp(`^${name}(?:{[^}]*})? ([0-9.e+-]+)$`, 'm').exec(text)?.[1] ?? NaN)
  return {
    rss: value('process_resident_memory_bytes'),
    delayP99: value('nodejs_eventloop_lag_p99_seconds') * 1000,
  }
}
