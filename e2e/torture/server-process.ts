import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pause } from './wait.ts'

/** The server gives what is under way ten seconds. */
const STOPS_WITHIN = 15_000

/** A runner that is stopped must not leave servers behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const HURRIED_DAYS = join(import.meta.dirname, 'hurried-days.ts')
const MAIN = join(import.meta.dirname, '../../apps/server/src/main.ts')

export interface ServerOptions {
  /** A MongoDB address; the embedded database otherwise. */
  readonly storage?: string | undefined
  /** A day lasts one second, as far as messages disappear. */
  readonly hurriedDays?: boolean
  /** Of a page that previews are made of although it is not public. */
  readonly previewsOf?: string
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** The product as an operator runs it: one process on one address and one data folder, over any number of starts. */
export class ServerProcess {
  readonly base: string
  readonly #port: number
  readonly #data: string
  readonly #options: ServerOptions
  #child: ChildProcess | null = null
  #restarting: Promise<void> | null = null

  private constructor(port: number, data: string, options: ServerOptions) {
    this.base = `http://127.0.0.1:${port}`
    this.#port = port
    this.#data = data
    this.#options = options
  }

  /** Starts a server on a port and a data folder of its own. */
  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(
      await freePort(),
      await mkdtemp(join(tmpdir(), 'parley-torture-')),
      options,
    )
    await server.#run()
    return server
  }

  /** Ends the process with this signal and starts it again. Several who ask at once get one restart. */
  restart(signal: 'SIGTERM' | 'SIGKILL', downFor = 0): Promise<void> {
    this.#restarting ??= this.#again(signal, downFor).finally(() => {
      this.#restarting = null
    })
    return this.#restarting
  }

  /** Ends the process and removes its data. */
  async stop(): Promise<void> {
    await this.#restarting?.catch(() => {})
    await this.#end('SIGTERM')
    await rm(this.#data, { recursive: true, force: true })
  }

  async #again(signal: 'SIGTERM' | 'SIGKILL', downFor: number): Promise<void> {
    try {
      await this.#end(signal)
    } finally {
      await pause(downFor)
      await this.#run()
    }
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<NodeJS.Signals | null>((resolve) => {
      child.once('exit', (_code, by) => resolve(by))
    })
    child.kill(signal)
    const tooLong = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN)
    const by = await ended
    clearTimeout(tooLong)
    if (by === 'SIGKILL' && signal !== 'SIGKILL') {
      throw new Error(`the server did not stop within ${STOPS_WITHIN / 1_000} s of ${signal}`)
    }
  }

  async #run(): Promise<void> {
    const { storage, hurriedDays, previewsOf } = this.#options
    const preloaded = hurriedDays ? ['--import', HURRIED_DAYS] : []
    const where = ['--port', String(this.#port), '--data', this.#data]
    const child = spawn(process.execPath, [...preloaded, MAIN, ...where], {
      stdio: ['ignore', 'ignore', process.env['PARLEY_TORTURE_LOG'] ? 'inherit' : 'ignore'],
      env: {
        ...process.env,
        NODE_ENV: 'test',
        PARLEY_RATE_LIMITS: 'off',
        PARLEY_LOG_LEVEL: 'error',
        ...(storage === undefined ? {} : { PARLEY_STORAGE: storage }),
        ...(previewsOf === undefined ? {} : { PARLEY_PREVIEW_ALLOW: previewsOf }),
      },
    })
    this.#child = child
    running.add(child)
    child.once('exit', () => running.delete(child))
    for (let attempt = 0; attempt < 1_200; attempt += 1) {
      if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`)
      const answer = await fetch(`${this.base}/api/installation`).catch(() => null)
      if (answer?.ok) return
      await pause(25)
    }
    throw new Error('the server was not ready within 30 s')
  }
}
