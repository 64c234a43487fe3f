import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { MongoClient } from 'mongodb'

const REPLICA_SET = 'away'
const SMALL = ['--wiredTigerCacheSizeGB', '0.25']

/** A server of a test's own, which it may stop and start again on the same data. */
export interface MongodProcess {
  readonly host: string
  start(): Promise<void>
  /** Ends it like a power cut (T5). */
  kill(): Promise<void>
  destroy(): Promise<void>
  initiate(): Promise<void>
  /** Has the primary elected anew. */
  stepDown(): Promise<void>
}

/** Prepares a server that is not started yet. */
export async function prepareMongod(
  program: string,
  options: { replicaSet: boolean },
  settings: readonly string[] = [],
): Promise<MongodProcess> {
  const dbPath = await mkdtemp(path.join(tmpdir(), 'parley-mongod-'))
  const port = await freePort()
  const host = `127.0.0.1:${port}`
  const place = ['--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet']
  const replication = options.replicaSet ? ['--replSet', REPLICA_SET] : []
  let child: ChildProcess | undefined
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    host,
    start: async () => {
      child = spawn(program, [...place, ...replication, ...SMALL, ...settings], {
        stdio: 'ignore',
      })
      await answering(host)
    },
    kill,
    destroy: async () => {
      await kill()
      await rm(dbPath, { recursive: true, force: true })
    },
    stepDown: () => asAdmin(host, { replSetStepDown: 1, force: true }),
    initiate: () => asAdmin(host, { replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } }),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function asAdmin(host: string, command: Record<string, unknown>): Promise<void> {
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 500,
  })
  try {
    await client.db('admin').command(command)
  } finally {
    await client.close()
  }
}

async function answering(host: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await asAdmin(host, { ping: 1 })
      return
    } catch (error) {
      if (tries > 60) throw error
      await wait(100)
    }
  }
}
