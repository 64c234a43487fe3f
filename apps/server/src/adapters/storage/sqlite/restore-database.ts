import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { StartupError } from '../../../kernel/startup-error.ts'
import { asideName, copyDatabase, makeDurable } from './copy-database.ts'
import { lockDatabase } from './data-lock.ts'
import { findProblems, inspecting, refuseNewer } from './inspect-database.ts'
import { removeSearchFile, searchFile } from './search/search-file.ts'
import { prepareFolder } from './open-database.ts'

/**
 * Puts a backup in the place of the database.
 * @returns where the replaced database is kept; undefined when there was none
 * @throws StartupError when a server runs, or the backup is unsound; then nothing has changed
 */
export function restoreDatabase(file: string, backup: string, now: number): string | undefined {
  prepareFolder(file)
  const unlock = lockDatabase(file)
  const arriving = `${file}.restoring`
  try {
    rmSync(arriving, { force: true })
    inspecting(backup, (db) => {
      refuseNewer(db, backup)
      const [problem] = findProblems(db)
      if (problem !== undefined)
        throw new StartupError(`${backup} is damaged: ${problem}. Nothing was changed.`)
      copyDatabase(db, arriving)
    })
    const aside = setAside(file, now)
    // it is of the database that was replaced
    removeSearchFile(searchFile(file))
    renameSync(arriving, file)
    makeDurable(file)
    return aside
  } finally {
    rmSync(arriving, { force: true })
    unlock()
  }
}

/** Moves the database away together with its log, which may hold its newest part. */
function setAside(file: string, now: number): string | undefined {
  const aside = asideName(file, 'replaced', now)
  const isEmpty = statSync(file).size === 0
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  rmSync(`${file}-shm`, { force: true })
  if (!isEmpty) return aside
  rmSync(aside)
  return undefined
}
