import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openSqlite, type SqliteOptions } from './open-sqlite-storage.ts'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-sqlite-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** A storage that is closed after the test. */
export function opened(options: Partial<SqliteOptions> = {}) {
  const storage = openSqlite({ file: ':memory:', ...options })
  onTestFinished(() => storage.close())
  return storage
}
