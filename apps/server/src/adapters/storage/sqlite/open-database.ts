import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { StartupError } from '../../../kernel/startup-error.ts'
import { Connection } from './connection.ts'
import { isDamage } from './engine-errors.ts'

const MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100
/** Up to this size a whole check fits well into a start of two seconds. */
const CHECKED_WHOLE_BYTES = 32 * 1024 * 1024

const SHARED_PRAGMAS = ['foreign_keys = ON', 'temp_store = MEMORY', 'trusted_schema = OFF']

/** The one connection that writes. Checkpoints are left to the checkpointer. */
export function openWriter(file: string, synchronous: 'FULL' | 'OFF'): Connection {
  return new Connection(file, {
    pragmas: [
      'page_size = 2048',
      'journal_mode = WAL',
      `synchronous = ${synchronous}`,
      'wal_autocheckpoint = 0',
      'cache_size = -32768',
      ...SHARED_PRAGMAS,
    ],
  })
}

/** A connection that sees only what is committed. */
export function openReader(file: string): Connection {
  return new Connection(file, { readOnly: true, pragmas: ['cache_size = -16384', ...SHARED_PRAGMAS] })
}

/** @throws StartupError when the folder cannot be made or written to */
export function prepareFolder(file: string): void {
  const folder = path.dirname(file)
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    // Made here so that only its owner can read it; the engine gives its log the same mode.
    closeSync(openSync(file, 'a', 0o600))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new StartupError(
      `The data folder ${folder} cannot be written to${code}. Give Parley the right to write there, ` +
        'or choose another folder with --data or PARLEY_DATA.',
      { cause: error },
    )
  }
}

/** Says what to do about a damaged file. */
function damaged(file: string, reason: string, cause?: unknown): StartupError {
  return new StartupError(
    `The database ${file} is damaged: ${reason}. Nothing was changed. Restore a backup with ` +
      '"npm run db -- restore <file>"; "npm run db -- check" tells more.',
    { cause },
  )
}

/** Turns SQLite's own word for damage into one for the operator. */
export function explainingDamage<T>(file: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!isDamage(error)) throw error
    throw damaged(file, error instanceof Error ? error.message : 'unreadable', error)
  }
}

/** Looks at a file before it is opened, at a cost that does not grow with it. @throws StartupError */
export function checkHeader(file: string): void {
  if (!existsSync(file)) return
  const { size } = statSync(file)
  if (size === 0) return
  const header = Buffer.alloc(HEADER_BYTES)
  const descriptor = openSync(file, 'r')
  const read = readSync(descriptor, header, 0, HEADER_BYTES, 0)
  closeSync(descriptor)
  if (read < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw damaged(file, 'it does not begin like a database')
  }
  // With a write-ahead log the missing pages may be there.
  const log = `${file}-wal`
  if (existsSync(log) && statSync(log).size > 0) return
  const rawPageSize = header.readUInt16BE(16)
  const pageSize = rawPageSize === 1 ? 65_536 : rawPageSize
  const isCurrent = header.readUInt32BE(24) === header.readUInt32BE(92)
  if (isCurrent && size < header.readUInt32BE(28) * pageSize) throw damaged(file, 'its end is missing')
}

/** Looks into an opened file: whole if it is small, else only where every table begins. @throws StartupError */
export function checkContents(db: Connection, file: string): void {
  explainingDamage(file, () => {
    if (existsSync(file) && statSync(file).size <= CHECKED_WHOLE_BYTES) {
      const [problem] = db.query('PRAGMA quick_check(1)')
      if (problem?.['quick_check'] !== 'ok') throw damaged(file, String(problem?.['quick_check']))
      return
    }
    for (const { name } of db.query("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      db.query(`SELECT 1 FROM "${String(name)}" LIMIT 1`)
    }
  })
}
