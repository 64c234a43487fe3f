import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from './kernel/startup-error.ts'

const BYTES = 48

/**
 * The key that signs access tokens: the one that was set, or the one in the data folder, made at the first start (A13).
 * @throws StartupError when it can neither be read nor made
 */
export function readOrMakeSecret(given: string | null, dataFolder: string): Uint8Array {
  if (given !== null) return Buffer.from(given)
  const file = join(dataFolder, 'secret')
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    // "wx" makes it only if it is not there, so that two servers starting at once agree on one
    writeFileSync(file, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannot(file, error)
  }
  try {
    chmodSync(file, 0o600)
    const secret = readFileSync(file)
    if (secret.length >= 32) return secret
  } catch (error) {
    throw cannot(file, error)
  }
  throw new StartupError(`The key in ${file} is cut off. Restore the file from a backup, or delete it: everybody then signs in again.`)
}

const cannot = (file: string, cause: unknown) =>
  new StartupError(
    `The key in ${file} cannot be read or made. Let the user who runs Parley write to that folder, or choose another with --data (PARLEY_DATA).`,
    { cause },
  )
