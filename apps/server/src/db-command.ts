// `npm run db -- backup|restore|check`: the embedded database from outside the server.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { copyDatabase } from './adapters/storage/sqlite/copy-database.ts'
import { describeContents, findProblems, inspecting } from './adapters/storage/sqlite/inspect-database.ts'
import { databaseFile } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { restoreDatabase } from './adapters/storage/sqlite/restore-database.ts'
import { options } from './config-table.ts'
import { StartupError } from './kernel/startup-error.ts'

const HELP = `npm run db -- <command> [--data <folder>]

  backup  <file>   writes a consistent copy to a new file, also while the server runs
  restore <file>   puts a copy in place; the replaced database is kept aside; stop the server first
  check            reads the whole database and says whether it is sound

  --data <folder>  the data folder; also PARLEY_DATA. Without either: ${options.data.unset}`

/** The command line cannot be understood; ends the program with code 2. */
class UsageError extends Error {}

type Say = (line: string) => void

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

function run(argv: readonly string[], env: Readonly<Record<string, string | undefined>>, say: Say): number {
  const { values, positionals } = readArguments(argv)
  const [command, given, ...rest] = positionals
  if (values.help || command === undefined) {
    say(HELP)
    return values.help ? 0 : 2
  }
  const file = databaseFile(options.data.schema.parse(values.data ?? (env['PARLEY_DATA'] || undefined)))
  const named = given === undefined ? undefined : path.resolve(given)
  if (rest.length > 0) throw new UsageError('Give one file.')
  if (command === 'check' && named === undefined) return check(file, say)
  if (command === 'backup' && named !== undefined) return backup(file, named, say)
  if (command === 'restore' && named !== undefined) return restore(file, named, say)
  throw new UsageError(
    ['backup', 'restore'].includes(command)
      ? `Say which file, as in "${command} parley.backup".`
      : 'Unknown command.',
  )
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { data: { type: 'string' }, help: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.')
  }
}

/** Runs the command. @returns the exit code */
export function runDbCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: Say,
): number {
  try {
    return run(argv, env, say)
  } catch (error) {
    if (error instanceof UsageError) {
      say(`${error.message}\n\n${HELP}`)
      return 2
    }
    if (error instanceof StartupError) say(error.message)
    else if (error instanceof Error && 'code' in error) say(`This did not work: ${error.message}.`)
    else throw error
    return 1
  }
}

if (import.meta.main) process.exitCode = runDbCommand(process.argv.slice(2), process.env, console.log)
