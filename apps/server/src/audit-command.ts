// `npm run audit -- verify`: whether the activity logs are what was written (A11), seen from outside the server.
import { parseArgs } from 'node:util'
import type { Storage } from './adapters/storage/contract/storage.ts'
import { readingDatabase } from './adapters/storage/sqlite/inspect-database.ts'
import { databaseFile } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { options } from './config-table.ts'
import { verifyActivityLog } from './domains/audit/verify-activity-log.ts'
import { orgScope } from './kernel/org-scope.ts'
import { StartupError } from './kernel/startup-error.ts'

const HELP = `npm run audit -- verify [--data <folder>]

  verify  reads the activity log of every organisation and follows its chain of hashes, also while the server runs.
          It says the last line's hash: keep it elsewhere, and a later run that still knows it proves that nothing
          was cut off the end.

  --data <folder>  the data folder; also PARLEY_DATA. Without either: ${options.data.unset}
  PARLEY_STORAGE   the address of a MongoDB replica set, where that is in use`

type Say = (line: string) => void
type Env = Readonly<Record<string, string | undefined>>
type Reading = Pick<Storage, 'read' | 'organisations'>

const AT_ONCE = 100

/** @returns whether every log is sound */
async function verifyAll({ read, organisations }: Reading, say: Say): Promise<boolean> {
  let sound = true
  let after: string | null = null
  for (;;) {
    const ids: string[] = await organisations.idsAfter(after, AT_ONCE)
    for (const id of ids) {
      const scope = orgScope(id)
      const { lines, last, problems } = await verifyActivityLog(read.activity, scope)
      const name = `${(await read.organisations.get(scope))?.name ?? ''} (${id})`
      for (const problem of problems) say(`- ${name}: ${problem}.`)
      const end = last ? `, the last with the hash ${last.hash}` : ''
      if (problems.length === 0) say(`${name}: ${String(lines)} lines, all as they were written${end}.`)
      else sound = false
    }
    after = ids.at(-1) ?? null
    if (ids.length < AT_ONCE) return sound
  }
}

async function reading(data: string | undefined, env: Env, look: (storage: Reading) => Promise<boolean>) {
  const engine = options.storage.schema.parse(env['PARLEY_STORAGE'] || undefined)
  if (engine === 'sqlite') {
    const folder = options.data.schema.parse(data ?? (env['PARLEY_DATA'] || undefined))
    return readingDatabase(databaseFile(folder), look)
  }
  const { openMongoStorage } = await import('./adapters/storage/mongodb/open-mongo-storage.ts')
  const storage = await openMongoStorage({ url: engine })
  return look(storage).finally(() => storage.close())
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { data: { type: 'string' }, help: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch {
    return null
  }
}

/** Runs the command. @returns the exit code: 0 all sound, 1 something is wrong, 2 not understood */
export async function runAuditCommand(argv: readonly string[], env: Env, say: Say): Promise<number> {
  const given = readArguments(argv)
  if (given?.values.help) {
    say(HELP)
    return 0
  }
  if (given?.positionals.join(' ') !== 'verify') {
    say(HELP)
    return 2
  }
  try {
    return (await reading(given.values.data, env, (storage) => verifyAll(storage, say))) ? 0 : 1
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    say(error.message)
    return 1
  }
}

if (import.meta.main)
  process.exitCode = await runAuditCommand(process.argv.slice(2), process.env, console.log)
