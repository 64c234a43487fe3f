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
export async function readOrMakeSecret(folder: string): Promise<Uint8Array> {
  const file = join(folder, FILE)
  if (!(await exists(file))) await makeSecret(file)
  await chmod(file, 0o600)
  const kept = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')
  if (kept.length >= 32) return kept
  throw new StartupError(
    `The file ${file} is damaged. Put it back from a backup, or remove it: a new one is made, and everybody signs in again.`,
  )
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

/** Whole or not at all, whoever else starts at this moment: a link appears at once and only where there is none yet. */
async function makeSecret(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  await handle.writeFile(randomBytes(SECRET_BYTES).toString('base64url'))
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
