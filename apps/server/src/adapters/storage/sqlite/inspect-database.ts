import { existsSync } from 'node:fs'
import { StartupError } from '../../../kernel/startup-error.ts'
import type { Storage } from '../contract/storage.ts'
import type { Connection } from './connection.ts'
import { APPLICATION_ID, MIGRATIONS, versionOf } from './migrate.ts'
import { checkHeader, explainingDamage, openReader } from './open-database.ts'
import { SqliteOrganisationLocator } from './organisation-locator.ts'
import { storageReader } from './storage-reader.ts'

/** Opens a database to look at it, and closes it. @throws StartupError when it is missing, damaged or of another program */
export function inspecting<T>(file: string, look: (db: Connection) => T): T {
  if (!existsSync(file)) throw new StartupError(`There is no file ${file}.`)
  checkHeader(file)
  return explainingDamage(file, () => {
    const db = openReader(file)
    try {
      const { applicationId } = versionOf(db)
      if (applicationId !== APPLICATION_ID) throw new StartupError(`${file} is not a database of Parley.`)
      return look(db)
    } finally {
      db.close()
    }
  })
}

/**
 * Reads a database through the port, also while a server writes it, and closes it.
 * @throws StartupError when it is missing, damaged, of another program or of another version of this one
 */
export async function readingDatabase<T>(
  file: string,
  look: (storage: Pick<Storage, 'read' | 'organisations'>) => Promise<T>,
): Promise<T> {
  const version = inspecting(file, (db) => versionOf(db).version)
  if (version !== MIGRATIONS.at(-1)?.version)
    throw new StartupError(`${file} is of another version of Parley. Start this one once, and try again.`)
  const db = openReader(file)
  const view = { db, caches: () => undefined }
  try {
    return await look({ read: storageReader(view), organisations: new SqliteOrganisationLocator(view) })
  } finally {
    db.close()
  }
}

/** What is wrong inside a database; empty when it is sound. Reads all of it. */
export function findProblems(db: Connection): string[] {
  const problems: string[] = []
  for (const row of db.query('PRAGMA integrity_check(20)')) {
    if (row['integrity_check'] !== 'ok') problems.push(String(row['integrity_check']))
  }
  for (const { table, rowid, parent } of db.query('PRAGMA foreign_key_check')) {
    problems.push(`row ${String(rowid)} of ${String(table)} points at a missing row of ${String(parent)}`)
  }
  return [...problems, ...findGaps(db)]
}

/** Breaches of what the adapter promises, which SQLite knows nothing of. */
function findGaps(db: Connection): string[] {
  const numbers = db.query(`SELECT messages.conversation, count(*) AS count, max(number) AS last,
    coalesce((SELECT sum(value ->> 'to' - (value ->> 'from') + 1) FROM json_each(ranges)
      WHERE value ->> 'from' <= max(number)), 0) AS gone
    FROM messages LEFT JOIN purges ON purges.conversation = messages.conversation
    GROUP BY messages.conversation HAVING count(*) + gone <> max(number) LIMIT 20`)
  const heads = db.query(`SELECT org, head FROM feeds WHERE head < coalesce((SELECT max(seq) FROM changes
      WHERE changes.org = feeds.org), 0)
    OR head < coalesce((SELECT max(n) FROM messages WHERE n < (feeds.org + 1) * 68719476736), 0) - org * 68719476736
    LIMIT 20`)
  return [
    ...numbers.map(
      ({ conversation, count, last }) =>
        `conversation ${String(conversation)} has ${String(count)} messages, but its last is number ${String(last)}`,
    ),
    ...heads.map(({ org, head }) => `organisation ${String(org)} has changes after its head ${String(head)}`),
  ]
}

/** How much is kept, in a sentence. */
export function describeContents(db: Connection): string {
  const count = (table: string) => String(db.query(`SELECT count(*) AS count FROM ${table}`)[0]?.['count'])
  return `${count('organisations')} organisations, ${count('members')} members, ${count('messages')} messages`
}

/** @throws StartupError when this program is too old for the file */
export function refuseNewer(db: Connection, file: string): void {
  const { version } = versionOf(db)
  const newest = MIGRATIONS.at(-1)?.version ?? 0
  if (version > newest) {
    throw new StartupError(`${file} was written by a newer Parley; install that one to restore it.`)
  }
}
