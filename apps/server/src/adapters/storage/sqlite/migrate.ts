import { StartupError } from '../../../kernel/startup-error.ts'
import type { Connection } from './connection.ts'
import { asideName, copyDatabase } from './copy-database.ts'
import { foundation } from './migrations/0001-foundation.ts'
import { groups } from './migrations/0002-groups.ts'
import { communication } from './migrations/0003-communication.ts'
import { activity } from './migrations/0004-activity.ts'
import { revisions } from './migrations/0005-revisions.ts'
import { search } from './migrations/0006-search.ts'
import { chatPreferences } from './migrations/0007-chat-preferences.ts'
import { mentions } from './migrations/0008-mentions.ts'
import { pushes } from './migrations/0009-pushes.ts'
import { files } from './migrations/0010-files.ts'
import { purges } from './migrations/0011-purges.ts'
import { disappearing } from './migrations/0012-disappearing.ts'
import { searchPurges } from './migrations/0013-search-purges.ts'
import { privacy } from './migrations/0014-privacy.ts'
import { replies } from './migrations/0015-replies.ts'
import { reactions } from './migrations/0016-reactions.ts'
import { imports } from './migrations/0017-imports.ts'
import { ownMessages } from './migrations/0018-own-messages.ts'
import { pins } from './migrations/0019-pins.ts'
import { filesByAge } from './migrations/0020-files-by-age.ts'
import { mentionsOfEdits } from './migrations/0021-mentions-of-edits.ts'
import type { Migration } from './migrations/migration.ts'

/** In order; a new one is added at the end and never changed afterwards. */
export const MIGRATIONS: readonly Migration[] = [
  foundation,
  groups,
  communication,
  activity,
  revisions,
  search,
  chatPreferences,
  mentions,
  pushes,
  files,
  purges,
  disappearing,
  searchPurges,
  privacy,
  replies,
  reactions,
  imports,
  ownMessages,
  pins,
  filesByAge,
  mentionsOfEdits,
]

/** "Parl": tells our files from other SQLite databases. */
export const APPLICATION_ID = 0x5061726c

/** What a file says about itself. */
export function versionOf(db: Connection): { readonly applicationId: number; readonly version: number } {
  const [row] = db.query(
    'SELECT application_id, user_version FROM pragma_application_id, pragma_user_version',
  )
  return { applicationId: Number(row?.['application_id']), version: Number(row?.['user_version']) }
}

/**
 * Brings a file to this program's version. A snapshot of an existing one is taken first.
 * @throws StartupError when the file is newer than this program, is none of ours, or a step fails; then it is as it was
 */
export function migrate(db: Connection, file: string, now: number, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0
  const { applicationId, version } = versionOf(db)
  const isNew = version === 0 && db.query('SELECT 1 FROM sqlite_schema LIMIT 1').length === 0
  if (!isNew && applicationId !== APPLICATION_ID) {
    throw new StartupError(
      `${file} is a database of another program. Choose another data folder with --data.`,
    )
  }
  if (version > newest) {
    throw new StartupError(
      `${file} was written by a newer Parley (version ${version} of the file; this one knows ${newest}). ` +
        'Install that newer Parley again, or restore a backup made by this one with "npm run db -- restore <file>".',
    )
  }
  const pending = migrations.filter((migration) => migration.version > version)
  if (pending.length === 0) return
  const snapshot = isNew ? undefined : takeSnapshot(db, file, version, now)
  climb(db, file, pending, snapshot)
}

function takeSnapshot(db: Connection, file: string, version: number, now: number): string {
  const snapshot = asideName(file, `version-${version}`, now)
  copyDatabase(db, snapshot)
  return snapshot
}

/** All steps or none, so that a broken one leaves the file as it was. */
function climb(
  db: Connection,
  file: string,
  pending: readonly Migration[],
  snapshot: string | undefined,
): void {
  let current: Migration | undefined
  db.exec('BEGIN EXCLUSIVE')
  try {
    for (const migration of pending) {
      current = migration
      db.exec(migration.up)
      db.exec(`PRAGMA user_version = ${migration.version}`)
    }
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    const reason = error instanceof Error ? error.message : String(error)
    const copy = snapshot ? ` A copy from before is ${snapshot}.` : ''
    throw new StartupError(
      `${file} could not be brought to version ${current?.version} (${current?.name}): ${reason}. ` +
        `The file was left as it was: to go on working, install the Parley that ran before.${copy}`,
      { cause: error },
    )
  }
}
