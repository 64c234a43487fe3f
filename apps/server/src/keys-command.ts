// `npm run keys -- show|rotate`: the master key under which files are encrypted, from outside the server.
import { createDiskBlobs } from './adapters/blobs/disk/disk-blobs.ts'
import type { Storage } from './adapters/storage/contract/storage.ts'
import { databaseFile, openSqliteStorage } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { addMasterKey, forgetOldKeys, openMasterKeys } from './adapters/vault/master-key-file.ts'
import type { MasterKeys } from './adapters/vault/master-keys.ts'
import { SealedVault } from './adapters/vault/sealed-vault.ts'
import type { z } from 'zod'
import { readCommandLine, sayWhyNot, UsageError, type Say } from './command-line.ts'
import type { ConfigOption } from './config-option.ts'
import { options } from './config-table.ts'
import { rewrapKeys } from './domains/files/rewrap-keys.ts'
import { orgScope } from './kernel/org-scope.ts'
import { StartupError } from './kernel/startup-error.ts'
import { keyPlacesOf } from './open-files.ts'

const HELP = `npm run keys -- <command> [--data <folder>]

  show    names the master key under which files are encrypted, without telling it
  rotate  makes a new master key and encrypts the keys of all files under it; the files themselves stay as they are.
          Stop the server first, and back the new key up afterwards. If it is broken off, run it again.
          Backups from before still need the key from before: keep it for as long as you keep them.

  --data <folder>  the data folder; also PARLEY_DATA. Without either: ${options.data.unset}
  Where the key comes from the environment, set PARLEY_MASTER_KEY to the new one and PARLEY_PREVIOUS_MASTER_KEY to the one before.`

type Env = Readonly<Record<string, string | undefined>>

const AT_ONCE = 100

/** @throws StartupError naming the variable, and never its value */
function settingOf<T>(option: ConfigOption<z.ZodType<T | undefined>>, env: Env): T | null {
  const parsed = option.schema.safeParse(env[option.env]?.trim() || undefined)
  if (parsed.success) return parsed.data ?? null
  throw new StartupError(
    `${option.env} has a value that ${parsed.error.issues[0]?.message ?? 'is not right'}.`,
  )
}

async function openStorage(data: string, env: Env): Promise<Storage> {
  const engine = options.storage.schema.parse(env['PARLEY_STORAGE'] || undefined)
  if (engine === 'sqlite') return openSqliteStorage({ file: databaseFile(data) })
  const { openMongoStorage } = await import('./adapters/storage/mongodb/open-mongo-storage.ts')
  return openMongoStorage({ url: engine })
}

/** @returns how many keys were wrapped anew */
async function rewrapAll(storage: Storage, filesFolder: string, masterKeys: MasterKeys): Promise<number> {
  const vault = new SealedVault(createDiskBlobs(filesFolder), masterKeys)
  const old = masterKeys.ids.filter((id) => id !== masterKeys.currentId)
  let count = 0
  let after: string | null = null
  for (;;) {
    const ids: string[] = await storage.organisations.idsAfter(after, AT_ONCE)
    for (const id of ids) count += await rewrapKeys(storage, vault, orgScope(id), old)
    after = ids.at(-1) ?? null
    if (ids.length < AT_ONCE) return count
  }
}

async function run(argv: readonly string[], env: Env, say: Say): Promise<number> {
  const { values, positionals } = readCommandLine(argv)
  const [command, ...rest] = positionals
  if (values.help || command === undefined) {
    say(HELP)
    return values.help ? 0 : 2
  }
  if (!['show', 'rotate'].includes(command) || rest.length > 0) throw new UsageError('Unknown command.')
  const data = options.data.schema.parse(values.data ?? (env['PARLEY_DATA'] || undefined))
  const places = keyPlacesOf({
    data,
    filesFolder: settingOf(options.filesFolder, env),
    masterKey: settingOf(options.masterKey, env),
    previousMasterKey: settingOf(options.previousMasterKey, env),
  })
  if (command === 'show') {
    say(`Files are encrypted under the master key ${(await openMasterKeys(places)).currentId}.`)
    return 0
  }
  // first, so that a server that runs keeps us out
  const storage = await openStorage(data, env)
  try {
    const before = await openMasterKeys(places)
    if (places.given.length === 0) await addMasterKey(places)
    else if (before.ids.length < 2)
      throw new StartupError(
        'Set PARLEY_PREVIOUS_MASTER_KEY to the key before, and PARLEY_MASTER_KEY to a new one.',
      )
    const masterKeys = await openMasterKeys(places)
    const count = await rewrapAll(storage, places.filesFolder, masterKeys)
    await forgetOldKeys(places)
    say(
      `The keys of ${count} files are now encrypted under the master key ${masterKeys.currentId}. Back that key up, and keep the one before for backups from before.`,
    )
    return 0
  } finally {
    await storage.close()
  }
}

/** Runs the command. @returns the exit code */
export async function runKeysCommand(argv: readonly string[], env: Env, say: Say): Promise<number> {
  try {
    return await run(argv, env, say)
  } catch (error) {
    return sayWhyNot(error, HELP, say)
  }
}

if (import.meta.main) process.exitCode = await runKeysCommand(process.argv.slice(2), process.env, console.log)
