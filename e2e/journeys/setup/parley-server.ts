import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MONGODB_URI } from './start-storage.ts'

const MAIN = path.join(import.meta.dirname, '../../../apps/server/src/main.ts')
const READY_WITHIN = 20_000
const STOP_WITHIN = 8_000

export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** The product in a process of its own, as an operator would start it. */
export class ParleyServer {
  readonly base: string
  readonly #port: number
  readonly #data: string
  readonly #options: ServerOptions
  #child: ChildProcess | null = null
  #said = ''

  private constructor(port: number, data: string, options: ServerOptions) {
    this.base = `http://127.0.0.1:${port}`
    this.#port = port
    this.#data = data
    this.#options = options
  }

  /** Where this server keeps its data. */
  get data(): string {
    return this.#data
  }

  static async start(options: ServerOptions = {}): Promise<ParleyServer> {
    const data = await mkdtemp(path.join(tmpdir(), 'parley-e2e-'))
    const server = new ParleyServer(await freePort(), data, options)
    await server.start()
    return server
  }

  /** Starts again with the same data on the same port. */
  async start(): Promise<void> {
    const args = [MAIN, '--port', String(this.#port), '--data', this.#data, ...(this.#options.args ?? [])]
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...storageEnvironment(this.#data),
        PARLEY_RATE_LIMITS: 'off',
        ...this.#options.env,
      },
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#said = (this.#said + chunk.toString()).slice(-8_000)
      })
    }
    await this.#ready(child)
  }

  /** Asks it to stop, as `systemctl stop` does. */
  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  /** As a power cut would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  async dispose(): Promise<void> {
    await this.stop()
    await rm(this.#data, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN)
    await ended
    clearTimeout(timer)
  }

  async #ready(child: ChildProcess): Promise<void> {
    const until = Date.now() + READY_WITHIN
    while (Date.now() < until) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${this.#said}`)
      const answer = await fetch(`${this.base}/ready`).catch(() => null)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`The server was not ready within ${READY_WITHIN} ms:\n${this.#said}`)
  }
}

/** The data folder's name is unique, and so makes the database's. */
function storageEnvironment(data: string): Record<string, string> {
  const uri = process.env[MONGODB_URI]
  if (uri === undefined) return {}
  const address = new URL(uri)
  address.pathname = `/${path.basename(data)}`
  return { PARLEY_STORAGE: address.href }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
