import { createArgon2Passwords } from './adapters/passwords/argon2-passwords.ts'
import { readConfig } from './config.ts'
import { DEMO_PASSWORD, demoEmail, fillDemo } from './demo/fill-demo.ts'
import { DEMO_PEOPLE } from './demo/people.ts'
import { systemClock } from './kernel/clock.ts'
import { StartupError } from './kernel/startup-error.ts'
import { openFiles } from './open-files.ts'
import { openStorage } from './open-storage.ts'
import { createLog } from './platform/log/create-log.ts'

/** Fills the demo agency where it is not there yet, by the settings of the server that starts it, and says how to sign in. */
async function main(): Promise<void> {
  const asked = readConfig(process.argv.slice(2), process.env)
  if (asked.kind !== 'start') return
  const { config } = asked
  const storage = await openStorage(config, createLog(config.logLevel))
  try {
    const files = await openFiles(config, config.fileLimits)
    await fillDemo({ storage, passwords: createArgon2Passwords(), now: systemClock.now(), files })
  } finally {
    await storage.close()
  }
  const [admin, , other] = DEMO_PEOPLE
  const [first, second] = [demoEmail(admin?.mailbox ?? ''), demoEmail(other?.mailbox ?? '')]
  process.stdout.write(
    `The demo agency is filled. Sign in as ${first} (an admin) or ${second},\neach with the password: ${DEMO_PASSWORD}\n`,
  )
}

try {
  await main()
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
