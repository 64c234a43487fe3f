import { DatabaseSync } from 'node:sqlite'
import { StartupError } from '../../../kernel/startup-error.ts'
import { isBusy } from './engine-errors.ts'

/**
 * Holds a database for one process. The lock is the operating system's, on a file beside the database, so that it ends with the
 * process, however that ends, and leaves readers and backups alone.
 * @returns lets go
 * @throws StartupError when another process holds it
 */
export function lockDatabase(file: string): () => void {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 })
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new StartupError(
      `Another Parley server is using ${file}. Stop it first, or give this one a data folder of its own with --data or PARLEY_DATA.`,
    )
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
