import { PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { createMembers } from './parley-api.ts'
import { freePort, startParley, startRelay, type Target } from './processes.ts'
import { atMost, report, type Figure, type Scenario } from './scenario.ts'

/** Resident memory of a process in bytes, as the kernel counts it (Linux). */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024
}

const settle = (milliseconds = 4_000) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Until the search index has caught up with the demo and its thread has ended, which it does after half a minute without work. */
const IDLE_AFTER = 45_000

async function openIdle(base: string, count: number, auth: (index: number) => Record<string, unknown>) {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(100, count - sockets.length) }, (_, index) => {
      const options = { path: '/api/socket', transports: ['websocket'], forceNew: true, reconnection: false }
      const socket = io(base, { ...options, auth: auth(sockets.length + index) })
      return new Promise<Socket>((resolve, reject) => {
        socket.once('connect', () => resolve(socket))
        socket.once('connect_error', reject)
      })
    })
    sockets.push(...(await Promise.all(batch)))
  }
  return sockets
}

async function perConnection(
  target: Target,
  count: number,
  auth: (index: number) => Record<string, unknown>,
) {
  await settle()
  const before = await residentMemory(target.pid)
  const sockets = await openIdle(target.base, count, auth)
  await settle()
  const after = await residentMemory(target.pid)
  for (const socket of sockets) socket.close()
  return (after - before) / count / 1024
}

async function idleMemory(): Promise<Figure> {
  const demo = await startParley({ args: ['--demo'] })
  try {
    await settle(IDLE_AFTER)
    return atMost('Idle server with the demo data', (await residentMemory(demo.pid)) / 1_048_576, 150, 'MB')
  } finally {
    await demo.stop()
  }
}

async function connections(count: number): Promise<Figure[]> {
  const relay = await startRelay()
  const parley = await startParley()
  try {
    const members = await createMembers(parley.base, Math.min(count, 100))
    const bare = await perConnection(relay, count, (index) => ({ member: `idle${String(index)}` }))
    const full = await perConnection(parley, count, (index) => ({
      token: members[index % members.length]?.accessToken,
      protocol: PROTOCOL_VERSION,
    }))
    return [
      report(`Relay, memory per connection at ${String(count)}`, bare, 'KB'),
      report(`Parley, memory per connection at ${String(count)}`, full, 'KB'),
      atMost('Parley beyond the relay per idle connection', full - bare, 20, 'KB'),
    ]
  } finally {
    await parley.stop()
    await relay.stop()
  }
}

/** `npm start` on a data folder and a build that exist, to the first answered request. */
async function secondStart(): Promise<Figure> {
  const root = join(import.meta.dirname, '../..')
  const data = join(root, 'node_modules/.cache/parley-bench-start')
  const times: number[] = []
  for (let round = 0; round < 4; round += 1) {
    const port = await freePort()
    const begun = performance.now()
    const child = spawn('npm', ['start', '--', '--port', String(port), '--data', data], {
      cwd: root,
      stdio: 'ignore',
      detached: true,
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    let answered = false
    while (!answered && performance.now() - begun < 300_000) {
      const answer = await fetch(`http://127.0.0.1:${String(port)}/api/installation`).catch(() => null)
      answered = answer?.ok === true
      if (!answered) await new Promise((resolve) => setTimeout(resolve, 10))
    }
    if (round > 0) times.push(performance.now() - begun)
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await ended
  }
  return atMost('Second npm start to the first answered request', Math.min(...times) / 1000, 2, 's')
}

export const footprint: Scenario = {
  name: 'footprint',
  async run({ quick }) {
    return [await idleMemory(), ...(await connections(quick ? 100 : 2_000)), await secondStart()]
  },
}
