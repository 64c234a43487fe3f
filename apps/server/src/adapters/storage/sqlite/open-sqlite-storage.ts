import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemClock, type Clock } from '../../../kernel/clock.ts'
import type { Storage } from '../contract/storage.ts'
import { Checkpointer } from './checkpointer.ts'
import { lockDatabase } from './data-lock.ts'
import { migrate, MIGRATIONS } from './migrate.ts'
import type { Migration } from './migrations/migration.ts'
import {
  checkContents,
  checkHeader,
  explainingDamage,
  openReader,
  openWriter,
  prepareFolder,
} from './open-database.ts'
import { ReadThread, type ReadThreadOptions } from './read-thread.ts'
import { SearchFile, searchFile } from './search/search-file.ts'
import { SqliteStorage } from './sqlite-storage.ts'

export interface SqliteOptions {
  /** `:memory:` is a private file that is gone at the end: fast, and in all else the same. */
  readonly file: string
  readonly clock?: Clock
  readonly migrations?: readonly Migration[]
  /** Runs long reads on a thread of their own; left out, they run in place. */
  readonly readThread?: ReadThreadOptions
  /** Runs searches on a thread of their own; left out, they run in place. */
  readonly searchThread?: ReadThreadOptions
  /** Keeps the search index on a thread of its own; left out, it is kept in place. */
  readonly indexThread?: ReadThreadOptions
  readonly stallMilliseconds?: number
  readonly batchMilliseconds?: number
}

/** The embedded database's file inside the data folder. */
export const databaseFile = (dataFolder: string): string => path.join(dataFolder, 'parley.db')

/**
 * Opens the embedded storage, making or migrating its file.
 * @throws StartupError, saying what the operator has to do
 */
export function openSqliteStorage(options: SqliteOptions): Promise<Storage> {
  return Promise.resolve().then(() => openSqlite(options))
}

/** As `openSqliteStorage`, handing out what the adapter's own tests look at. */
export function openSqlite(options: SqliteOptions): SqliteStorage {
  if (options.file === ':memory:') return openTemporary(options)
  const { file } = options
  prepareFolder(file)
  const unlock = lockDatabase(file)
  try {
    return openLocked(file, options, 'FULL', unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

function openTemporary(options: SqliteOptions): SqliteStorage {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return openLocked(path.join(folder, 'parley.db'), options, 'OFF', () => {
    process.off('exit', remove)
    remove()
  })
}

function openLocked(
  file: string,
  options: SqliteOptions,
  synchronous: 'FULL' | 'OFF',
  afterClose: () => void,
) {
  checkHeader(file)
  const writer = explainingDamage(file, () => openWriter(file, synchronous))
  try {
    checkContents(writer, file)
    migrate(writer, file, (options.clock ?? systemClock).now(), options.migrations ?? MIGRATIONS)
    const reader = openReader(file)
    const checkpointer = new Checkpointer(writer, file)
    const thread = (of: ReadThreadOptions | undefined) => (of ? new ReadThread(file, of) : null)
    const threads = {
      readThread: thread(options.readThread),
      searchThread: thread(options.searchThread),
      indexThread: thread(options.indexThread),
    }
    const search = new SearchFile(searchFile(file))
    const parts = { file, writer, reader, checkpointer, ...threads, search, afterClose }
    return new SqliteStorage(parts, options)
  } catch (error) {
    writer.close()
    throw error
  }
}
