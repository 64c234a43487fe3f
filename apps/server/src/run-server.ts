import { join } from 'node:path'
import { databaseFile, openSqliteStorage } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import type { Storage } from './adapters/storage/contract/storage.ts'
import { createApp, type App } from './app.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { helpText } from './config-text.ts'
import { systemClock } from './kernel/clock.ts'
import { StartupError } from './kernel/startup-error.ts'
import { READ_WORKER, SEARCH_WORKER } from './long-reads.ts'
import { openFiles, type FileParts } from './open-files.ts'
import { createLog } from './platform/log/create-log.ts'
import type { Log } from './platform/log/log.ts'
import { createRateLimits, noRateLimits } from './platform/rate-limit/rate-limits.ts'
import { openDataFolder, readOrMakeSecret, readOrMakeSecretFile } from './platform/secret-file.ts'
import packageJson from '../package.json' with { type: 'json' }

/** Starts the server as the command line and the environment say, and stops it on a signal. Sets the process's exit code. */
export async function runServer(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  try {
    const asked = readConfig(argv, env)
    if (asked.kind === 'help') print(helpText())
    else if (asked.kind === 'version') print(packageJson.version)
    else await start(asked.config)
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error instanceof ConfigError ? 2 : 1
  }
}

/** What the web's build leaves to be served. */
const WEB_ROOT = join(import.meta.dirname, '../../web/out')

const print = (text: string) => void process.stdout.write(`${text}\n`)

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  await openDataFolder(config.data)
  const secret = config.secret === null ? await readOrMakeSecret(config.data) : Buffer.from(config.secret)
  const storage = await openStorage(config, log)
  try {
    const files = await openFiles(config, config.fileLimits)
    if (config.demo) await fill(storage, files)
    const app = await createApp({
      storage,
      settings: config,
      log,
      secret,
      rateLimits: config.rateLimits ? createRateLimits() : noRateLimits,
      mailer: await openMailer(config),
      pushSender: await openPushSender(config),
      checkAnswers: config.environment !== 'production',
      webRoot: WEB_ROOT,
      metricsToken: config.metricsToken,
      files,
    })
    await listenOrClose(app)
    stopOnSignal(app, storage, log)
    print(`Parley is ready. Open ${config.publicUrl?.origin ?? app.server.url}`)
  } catch (error) {
    await storage.close()
    throw error
  }
}

/** An app that cannot listen is closed, or its timers would keep the process alive. @throws StartupError */
async function listenOrClose(app: App): Promise<void> {
  try {
    await app.server.listen()
  } catch (error) {
    await app.close()
    throw error
  }
}

/** The driver of MongoDB is loaded only where it is used: it takes memory. */
async function openStorage({ storage, data }: Config, log: Log): Promise<Storage> {
  if (storage === 'sqlite') {
    const onCrash = (error: unknown) =>
      log.error({ error }, 'the thread for long reads ended; it is started again with the next one')
    const onSearchCrash = (error: unknown) =>
      log.error({ error }, 'the thread for searching ended; it is started again with the next search')
    return openSqliteStorage({
      file: databaseFile(data),
      readThread: { program: READ_WORKER, onCrash },
      searchThread: { program: SEARCH_WORKER, onCrash: onSearchCrash, name: 'search' },
    })
  }
  const { openMongoStorage } = await import('./adapters/storage/mongodb/open-mongo-storage.ts')
  return openMongoStorage({ url: storage })
}

async function openMailer({ mail }: Config) {
  if (!mail) return null
  const { createSmtpMailer } = await import('./adapters/mail/smtp-mailer.ts')
  return createSmtpMailer(mail.url, mail.from)
}

async function openPushSender({ push, data }: Config) {
  if (!push) return null
  const [{ createWebPushSender }, { makeVapidKeys, readVapidKeys }] = await Promise.all([
    import('./adapters/push/web/web-push-sender.ts'),
    import('./adapters/push/web/vapid-keys.ts'),
  ])
  const { keys: given, ...settings } = push
  const keys =
    given === null
      ? await readOrMakeSecretFile(data, {
          name: 'push-keys',
          make: makeVapidKeys,
          read: readVapidKeys,
          without: 'devices subscribe anew when Parley is opened there',
        })
      : readVapidKeys(given)
  if (!keys)
    throw new ConfigError(
      'PARLEY_PUSH_KEYS has a value (not shown here) of which the two keys do not belong together.',
    )
  return createWebPushSender({ ...settings, keys })
}

async function fill(storage: Storage, files: FileParts): Promise<void> {
  const [{ fillDemo, DEMO_PASSWORD, demoEmail }, { DEMO_PEOPLE }, { createArgon2Passwords }] =
    await Promise.all([
      import('./demo/fill-demo.ts'),
      import('./demo/people.ts'),
      import('./adapters/passwords/argon2-passwords.ts'),
    ])
  await fillDemo({ storage, passwords: createArgon2Passwords(), now: systemClock.now(), files })
  const [admin, , other] = DEMO_PEOPLE
  print(
    `The demo agency is filled. Sign in as ${demoEmail(admin?.mailbox ?? '')} (an admin) or ${demoEmail(other?.mailbox ?? '')},`,
  )
  print(`each with the password: ${DEMO_PASSWORD}`)
}

function stopOnSignal(app: App, storage: Storage, log: Log): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    app
      .close()
      .then(() => storage.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ error }, 'the server did not stop cleanly')
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
