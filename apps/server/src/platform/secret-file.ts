import { randomBytes } from 'node:crypto'
import { access, chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '../kernel/startup-error.ts'

const FILE = 'secret'
const SECRET_BYTES = 48

/**
 * Makes sure that the data folder is there and can be written.
 * @throws StartupError which says by what option to choose another
 */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const probe = await open(join(folder, '.writable'), 'w', 0o600)
    await probe.close()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartupError(
      `The data folder ${folder} cannot be written (${code ?? 'unknown'}). Give this user the right to write there, or choose another folder: --data /path/to/folder (or PARLEY_DATA=/path/to/folder).`,
      { cause: error },
    )
  }
}

/** The installation's secret: made once, readable by its owner alone (A13), the same ever after. */
export function readOrMakeSecret(folder: string): Promise<Uint8Array> {
  return readOrMakeSecretFile(folder, {
    name: FILE,
    make: () => randomBytes(SECRET_BYTES).toString('base64url'),
    read: (text) => {
      const kept = Buffer.from(text, 'base64url')
      return kept.length >= 32 ? kept : null
    },
    without: 'everybody signs in again',
  })
}

/** Something secret that is made at the first start. */
export interface SecretFile<T> {
  readonly name: string
  readonly make: () => string
  /** What the file's text says; null when it is damaged. */
  readonly read: (text: string) => T | null
  /** What happens when it is lost and made anew, to be said after "a new one is made, and". */
  readonly without: string
}

/** Reads a secret of the data folder, or makes it: once, readable by its owner alone (A13). @throws StartupError when it is damaged */
export async function readOrMakeSecretFile<T>(
  folder: string,
  { name, make, read, without }: SecretFile<T>,
): Promise<T> {
  const file = join(folder, name)
  if (!(await exists(file))) await makeFile(file, make())
  await chmod(file, 0o600)
  const kept = read((await readFile(file, 'utf8')).trim())
  if (kept !== null) return kept
  throw new StartupError(
    `The file ${file} is damaged. Put it back from a backup, or remove it: a new one is made, and ${without}.`,
  )
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

/** Whole or not at all, whoever else starts at this moment: a link appears at once and only where there is none yet. */
async function makeFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  await handle.writeFile(text)
  await handle.sync()
  await handle.close()
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
}
