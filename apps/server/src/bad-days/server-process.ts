import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const MAIN = path.join(import.meta.dirname, '../main.ts')

export const temporaryFolder = (): { path: string; remove: () => void } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-bad-day-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A port that is taken until the server is closed; a free one afterwards. */
export async function takePort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, free: () => new Promise((resolve) => server.close(() => resolve())) }
}

export interface Program {
  readonly child: ChildProcess
  /** What it wrote for the operator so far. */
  readonly said: () => string
  readonly ended: Promise<number | null>
}

/** Put before a program, makes the rights of files count for it also where tests run as root, as in containers. */
export const heedingRights: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []

/**
 * The program as an operator starts it.
 * @param through a program, with its arguments, that starts it
 */
export function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  through: readonly string[] = [],
): Program {
  const [command = '', ...rest] = [...through, process.execPath, MAIN, ...args]
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PARLEY_RATE_LIMITS: 'off',
      PARLEY_LOG_LEVEL: 'warn',
      ...env,
    },
  })
  // a test that fails leaves nothing running
  const leave = () => child.kill('SIGKILL')
  process.once('exit', leave)
  child.once('exit', () => process.off('exit', leave))
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (text += part.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return { child, said: () => text, ended }
}

/** Resolves when it answers. @throws Error with what it said when it ended instead */
export async function answering(base: string, { child, said }: Program): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${base}/api/installation`).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`the server ended with ${child.exitCode}: ${said()}`)
}
