import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Storage } from './adapters/storage/contract/storage.ts'
import { resolveApart } from './adapters/names/resolve-apart.ts'
import { createWebPages } from './adapters/web-pages/web-pages.ts'
import { createApp, type App } from './app.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { helpText } from './config-text.ts'
import { requireFileKeys } from './domains/files/require-file-keys.ts'
import { StartupError } from './kernel/startup-error.ts'
import { openFiles } from './open-files.ts'
import { openStorage } from './open-storage.ts'
import { createLog } from './platform/log/create-log.ts'
import type { Log } from './platform/log/log.ts'
import { createRateLimits, noRateLimits } from './platform/rate-limit/rate-limits.ts'
import { openDataFolder, readOrMakeSecret, readOrMakeSecretFile } from './platform/secret-file.ts'
import packageJson from '../package.json' with { type: 'json' }

type Environment = Readonly<Record<string, string | undefined>>

/** Starts the server as the command line and the environment say, and stops it on a signal. Sets the process's exit code. */
export async function runServer(argv: readonly string[], env: Environment): Promise<void> {
  try {
    const asked = readConfig(argv, env)
    if (asked.kind === 'help') print(helpText())
    else if (asked.kind === 'version') print(packageJson.version)
    else await start(asked.config, argv, env)
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error instanceof ConfigError ? 2 : 1
  }
}

/** What the web's build leaves to be served. */
const WEB_ROOT = join(import.meta.dirname, '../../web/out')

const print = (text: string) => void process.stdout.write(`${text}\n`)

async function start(config: Config, argv: readonly string[], env: Environment): Promise<void> {
  const log = createLog(config.logLevel)
  await openDataFolder(config.data)
  const secret = config.secret === null ? await readOrMakeSecret(config.data) : Buffer.from(config.secret)
  if (config.demo) await fillDemo(argv, env)
  const storage = await openStorage(config, log)
  try {
    const files = await openFiles(config, config.fileLimits)
    await requireFileKeys(storage, files.keyIds)
    const app = await createApp({
      storage,
      settings: config,
      log,
      secret,
      rateLimits: config.rateLimits ? createRateLimits() : noRateLimits,
      mailer: await openMailer(config),
      pushSender: await openPushSender(config),
      linkFetcher: createWebPages({ allowed: config.previewAllow, resolve: resolveApart() }),
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
  return createWebPushSender({ ...settings, keys, resolve: resolveApart() })
}

const DEMO_PROGRAM = join(import.meta.dirname, 'fill-demo-program.ts')

/** By a program of its own: filling takes memory that the server would never give back. @throws StartupError */
async function fillDemo(argv: readonly string[], env: Environment): Promise<void> {
  const child = spawn(process.execPath, [DEMO_PROGRAM, ...argv], { stdio: 'inherit', env: { ...env } })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new StartupError('The demo could not be filled, so Parley was not started.')
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
