import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArgon2Passwords } from '../adapters/passwords/argon2-passwords.ts'
import type { Storage } from '../adapters/storage/contract/storage.ts'
import { openSqliteStorage } from '../adapters/storage/sqlite/open-sqlite-storage.ts'
import type { LinkFetcher } from '../domains/link-previews/link-fetcher.ts'
import type { PushSender } from '../domains/notifications/push-sender.ts'
import type { PasswordHasher } from '../domains/members/password-hasher.ts'
import { type AppDeps, createApp } from '../app.ts'
import type { FileLimits } from '../domains/files/create-file.ts'
import { openFiles } from '../open-files.ts'
import { READ_WORKER } from '../long-reads.ts'
import { createLog } from '../platform/log/create-log.ts'
import { noRateLimits } from '../platform/rate-limit/rate-limits.ts'

/** The whole server in this process, on a port of its own, with everything in memory. */
export interface RunningApp {
  readonly base: string
  readonly storage: Storage
  readonly secret: Uint8Array
  /** Everything logged so far. */
  logged(): string
  stop(): Promise<void>
}

/** Real hashes of the cheapest kind, and no judging: neither is what these tests are about, and both take long. */
const cheapPasswords = (): PasswordHasher => ({
  ...createArgon2Passwords({ memoryCost: 64, timeCost: 1 }),
  refuseWeak: async () => {},
})

/** Push services are outside of the house, and what is asked of them is not what these tests are about. */
const silentSender: PushSender = {
  publicKey: 'B'.padEnd(87, 'x'),
  mayCall: () => true,
  send: () => Promise.resolve({ outcome: 'accepted', status: 201 }),
}

/** So are pages. */
const noPages: LinkFetcher = { page: () => Promise.resolve(null), picture: () => Promise.resolve(null) }

/** Files in a folder of their own. */
export async function temporaryFiles(limits: FileLimits = { maxBytes: null, quotaBytes: null }) {
  const data = await mkdtemp(join(tmpdir(), 'parley-files-'))
  const settings = { data, filesFolder: null, masterKey: null, previousMasterKey: null }
  const files = await openFiles(settings, limits)
  return { data, files, remove: () => rm(data, { recursive: true, force: true }) }
}

export async function startApp(given: Partial<AppDeps> = {}): Promise<RunningApp> {
  const lines: string[] = []
  const log = createLog('debug', { write: (line: string) => void lines.push(line) })
  const onCrash = (error: unknown) => log.error({ error }, 'the thread for long reads ended')
  const storage =
    given.storage ??
    (await openSqliteStorage({ file: ':memory:', readThread: { program: READ_WORKER, onCrash } }))
  const temporary = await temporaryFiles()
  const secret = given.secret ?? randomBytes(32)
  const app = await createApp({
    settings: { host: '127.0.0.1', port: 0, publicUrl: null, tls: null, trustProxy: false },
    log,
    rateLimits: noRateLimits,
    mailer: null,
    pushSender: silentSender,
    linkFetcher: noPages,
    checkAnswers: true,
    webRoot: '/nowhere',
    metricsToken: null,
    passwords: cheapPasswords(),
    ...given,
    files: given.files ?? temporary.files,
    storage,
    secret,
  })
  await app.server.listen()
  return {
    base: app.server.url,
    storage,
    secret,
    logged: () => lines.join(''),
    async stop() {
      await app.close()
      await storage.close()
      await temporary.remove()
    },
  }
}
