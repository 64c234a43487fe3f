// `npm run db -- backup|restore|check|reindex-search`: the database from outside the server.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { copyDatabase } from './adapters/storage/sqlite/copy-database.ts'
import { describeContents, findProblems, inspecting } from './adapters/storage/sqlite/inspect-database.ts'
import { databaseFile } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { restoreDatabase } from './adapters/storage/sqlite/restore-database.ts'
import { removeSearchFile, searchFile } from './adapters/storage/sqlite/search/search-file.ts'
import { readCommandLine, sayWhyNot, UsageError, type Say } from './command-line.ts'
import { options } from './config-table.ts'
import { StartupError } from './kernel/startup-error.ts'

const HELP = `npm run db -- <command> [--data <folder>]

  backup  <file>   writes a consistent copy to a new file, also while the server runs
  restore <file>   puts a copy in place; the replaced database is kept aside; stop the server first
  check            reads the whole database and says whether it is sound
  reindex-search   has the search index made anew, also while the server runs; with PARLEY_STORAGE that of MongoDB

  --data <folder>  the data folder; also PARLEY_DATA. Without either: ${options.data.unset}`

function backup(file: string, target: string, say: Say): number {
  inspecting(file, (db) => {
    copyDatabase(db, target)
    say(`Backed up to ${target}: ${describeContents(db)}.`)
  })
  return 0
}

function restore(file: string, backedUp: string, say: Say): number {
  const aside = restoreDatabase(file, backedUp, Date.now())
  say(`Restored ${file} from ${backedUp}.${aside ? ` The database it replaced is kept as ${aside}.` : ''}`)
  return 0
}

function check(file: string, say: Say): number {
  return inspecting(file, (db) => {
    const problems = findProblems(db)
    for (const problem of problems) say(`- ${problem}`)
    if (problems.length === 0) say(`${file} is sound: ${describeContents(db)}.`)
    else say(`${file} is damaged. Restore a backup with "npm run db -- restore <file>".`)
    return problems.length === 0 ? 0 : 1
  })
}

/** Nothing is lost with the index: a server that runs notices within half a minute, another one when it starts. */
function reindexSearch(file: string, say: Say): number {
  if (!existsSync(file)) throw new StartupError(`There is no file ${file}.`)
  removeSearchFile(searchFile(file))
  say(
    'The search index was removed. The server makes it anew by itself, and searching finds more and more meanwhile.',
  )
  return 0
}

async function reindexOnMongodb(url: string, say: Say): Promise<number> {
  const { openMongoStorage } = await import('./adapters/storage/mongodb/open-mongo-storage.ts')
  const storage = await openMongoStorage({ url })
  await storage.search.clear().finally(() => storage.close())
  say('The search index was given up. The server makes it anew by itself.')
  return 0
}

type Code = number | Promise<number>

function run(argv: readonly string[], env: Readonly<Record<string, string | undefined>>, say: Say): Code {
  const { values, positionals } = readCommandLine(argv)
  const [command, given, ...rest] = positionals
  if (values.help || command === undefined) {
    say(HELP)
    return values.help ? 0 : 2
  }
  const file = databaseFile(options.data.schema.parse(values.data ?? (env['PARLEY_DATA'] || undefined)))
  const named = given === undefined ? undefined : path.resolve(given)
  if (rest.length > 0) throw new UsageError('Give one file.')
  if (command === 'check' && named === undefined) return check(file, say)
  if (command === 'reindex-search' && named === undefined) {
    const url = env['PARLEY_STORAGE'] ?? ''
    return url.startsWith('mongodb') ? reindexOnMongodb(url, say) : reindexSearch(file, say)
  }
  if (command === 'backup' && named !== undefined) return backup(file, named, say)
  if (command === 'restore' && named !== undefined) return restore(file, named, say)
  throw new UsageError(
    ['backup', 'restore'].includes(command)
      ? `Say which file, as in "${command} parley.backup".`
      : 'Unknown command.',
  )
}

/** Runs the command. @returns the exit code */
export function runDbCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: Say,
): Code {
  const failed = (error: unknown): number => sayWhyNot(error, HELP, say)
  try {
    const code = run(argv, env, say)
    return typeof code === 'number' ? code : code.catch(failed)
  } catch (error) {
    return failed(error)
  }
}

if (import.meta.main) process.exitCode = await runDbCommand(process.argv.slice(2), process.env, console.log)
