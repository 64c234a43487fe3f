import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartupError } from '../../kernel/startup-error.ts'
import { createMasterKeys, KEY_BYTES, keyIdOf, type MasterKeys } from './master-keys.ts'

/** Where the keys are, and the files that were encrypted under them. */
export interface KeyPlaces {
  /** Made at the first start, if no key is given otherwise. */
  readonly keyFile: string
  /** The folder of the files; it remembers the ids of their keys, so that a wrong one is noticed at once. */
  readonly filesFolder: string
  /** From the environment; then the file is neither read nor made. The present one first, the one before a rotation behind it. */
  readonly given: readonly Uint8Array[]
}

const NOTE = 'key-id'

/**
 * The master keys with which this installation's files can be read.
 * @throws StartupError when there are files, and the key that they need is missing, damaged, or another
 */
export async function openMasterKeys(places: KeyPlaces): Promise<MasterKeys> {
  const { keyFile, filesFolder, given } = places
  await mkdir(filesFolder, { recursive: true, mode: 0o700 })
  const needed = await readNote(filesFolder)
  let keys = given.length > 0 ? given : await readKeyFile(keyFile)
  if (keys.length === 0) {
    if (needed.length > 0 || (await holdsFiles(filesFolder))) throw missing(places, needed)
    await makeKeyFile(keyFile)
    keys = await readKeyFile(keyFile)
  }
  const masterKeys = createMasterKeys(keys)
  const lacking = needed.filter((id) => !masterKeys.ids.includes(id))
  if (lacking.length > 0) throw wrong(places, lacking, masterKeys)
  // before the first file is encrypted under it
  if (!needed.includes(masterKeys.currentId)) await writeNote(filesFolder, [masterKeys.currentId, ...needed])
  return masterKeys
}

/**
 * Puts a new key in front of the present one, in the file. Whoever opens the keys from then on reads with both, and encrypts under
 * the new one. A rotation that was broken off is gone on with, and not begun anew.
 */
export async function addMasterKey({ keyFile }: Pick<KeyPlaces, 'keyFile'>): Promise<void> {
  const keys = await readKeyFile(keyFile)
  if (keys.length === 1) await writeKeyFile(keyFile, [randomBytes(KEY_BYTES), ...keys])
}

/** To be called when every file is encrypted under the first key: the others are not needed any more. */
export async function forgetOldKeys({ keyFile, filesFolder, given }: KeyPlaces): Promise<void> {
  const [current] = given.length > 0 ? given : await readKeyFile(keyFile)
  if (!current) throw new Error('there is no master key')
  await writeNote(filesFolder, [keyIdOf(current)])
  if (given.length === 0) await writeKeyFile(keyFile, [current])
}

/** A key as text: 32 bytes in base64, base64url or hex. */
export function parseMasterKey(text: string): Uint8Array | null {
  const hex = /^[0-9a-f]{64}$/i.test(text)
  if (!hex && !/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null
  const key = Buffer.from(text, hex ? 'hex' : 'base64')
  return key.length === KEY_BYTES ? key : null
}

async function readKeyFile(file: string): Promise<Uint8Array[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw unreadable(file, code, error)
  }
  await chmod(file, 0o600)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const keys = lines.map((line) => parseMasterKey(line.trim()))
  if (keys.length > 0 && keys.every((key) => key !== null)) return keys
  throw new StartupError(
    `The master key in ${file} is damaged, and without it no file can be read. Put the file back from a backup.`,
  )
}

const unreadable = (file: string, code: string | undefined, cause: unknown): StartupError =>
  new StartupError(
    `The master key in ${file} cannot be read${code === undefined ? '' : ` (${code})`}, and without it no file can be. ` +
      'Make it a file that the user whom Parley runs as may read; nothing was changed.',
    { cause },
  )

const lineOf = (key: Uint8Array) => `${Buffer.from(key).toString('base64url')}\n`

const writeKeyFile = (file: string, keys: readonly Uint8Array[]) =>
  writeSafely(file, keys.map(lineOf).join(''), rename)

/** Whoever else starts at this moment: there is one key, and it is everybody's. */
const makeKeyFile = (file: string) =>
  writeSafely(file, lineOf(randomBytes(KEY_BYTES)), async (draft) => {
    await link(draft, file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    })
    await unlink(draft)
  })

async function readNote(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, NOTE), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').filter((line) => line !== '')
}

const writeNote = (folder: string, keyIds: readonly string[]) =>
  writeSafely(join(folder, NOTE), keyIds.map((id) => `${id}\n`).join(''), rename)

/** Whole or not at all, and durable: a key that is lost takes every file with it. */
async function writeSafely(
  file: string,
  text: string,
  putInPlace: (draft: string, file: string) => Promise<void>,
): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await putInPlace(draft, file)
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}

const holdsFiles = async (folder: string) => (await readdir(folder)).some((name) => name !== NOTE)

function missing({ keyFile, filesFolder }: KeyPlaces, needed: readonly string[]): StartupError {
  const named = needed.length === 0 ? 'a master key' : `the master key ${needed.join(' and ')}`
  return new StartupError(
    `The files in ${filesFolder} are encrypted under ${named}, which is missing. Put ${keyFile} back from a backup, or set PARLEY_MASTER_KEY to it. ` +
      'Without it nobody can read them; to give them up and start without them, move that folder away.',
  )
}

function wrong(
  { keyFile, filesFolder, given }: KeyPlaces,
  lacking: readonly string[],
  { ids }: MasterKeys,
): StartupError {
  const source = given.length > 0 ? 'PARLEY_MASTER_KEY' : keyFile
  return new StartupError(
    `The files in ${filesFolder} are encrypted under the master key ${lacking.join(' and ')}, but ${source} holds ${ids.join(' and ')}. ` +
      'Give the right one; nothing was changed. To rotate a key that comes from the environment, set PARLEY_MASTER_KEY to the new one and ' +
      'PARLEY_PREVIOUS_MASTER_KEY to the one before, and run: npm run keys -- rotate',
  )
}
