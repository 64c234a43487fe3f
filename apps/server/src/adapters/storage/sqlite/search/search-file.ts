import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { Connection } from '../connection.ts'
import { isDamage } from '../engine-errors.ts'

/** The search index's file, beside the database. */
export const searchFile = (databaseFile: string): string => path.join(path.dirname(databaseFile), 'search.db')

/** Raised when the tables below change; an index of another format is begun anew. */
const FORMAT = 1

const CACHE_KILOBYTES = 16_384

/**
 * A row of `grams` is keyed by its part of the feed, its conversation and its place in that part, so that a search goes from the newest
 * part to the oldest, and leaves out the conversations of others without looking at their rows.
 */
const TABLES = `
  CREATE TABLE positions (
    org INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    version INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE parts (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    org INTEGER NOT NULL,
    high INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    UNIQUE (org, high)
  ) STRICT;
  CREATE VIRTUAL TABLE grams USING fts5(
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
  );
  PRAGMA user_version = ${FORMAT};
`

const FILES = ['', '-wal', '-shm'] as const

/** Removes an index; it is made anew from the database when it is next needed. */
export function removeSearchFile(file: string): void {
  for (const suffix of FILES) rmSync(file + suffix, { force: true })
}

/** Why an index was made anew, as the operator reads it. The place in this list stands in the file until it is told; 0 for nothing to tell. */
const RENEWALS = [null, 'missing', 'damaged', 'outdated'] as const
export type Renewal = NonNullable<(typeof RENEWALS)[number]>

/**
 * The index's file, open for reading and writing. What it holds can be made anew, so a file that is missing, damaged or of another
 * format is replaced by an empty one, also while it is in use, be it by this thread or by another.
 */
export class SearchFile {
  readonly #file: string
  readonly #cache: number
  #db: Connection | undefined
  #inode = 0n

  /** @param cache kilobytes of it that stay in memory */
  constructor(file: string, cache = CACHE_KILOBYTES) {
    this.#file = file
    this.#cache = cache
  }

  /** Does something with the open file, once more with an empty one if this one turns out to be damaged. */
  use<T>(work: (db: Connection) => T): T {
    try {
      return work(this.#open())
    } catch (error) {
      if (!isDamage(error) && !isDamage(causeOf(error))) throw error
      this.renew('damaged')
      return work(this.#open())
    }
  }

  /** Begins with an empty file. @param why is to be told; null where whoever wishes it knows */
  renew(why: Renewal | null): void {
    this.close()
    this.#hold(this.#makeAnew(why))
  }

  /** Why it was begun anew, by whichever thread; told once. */
  takeRenewal(): Renewal | null {
    return this.use((db) => {
      const why = RENEWALS[Number(headerOf(db, 'application_id'))] ?? null
      if (why) db.exec('PRAGMA application_id = 0')
      return why
    })
  }

  close(): void {
    try {
      this.#db?.close()
    } finally {
      this.#db = undefined
    }
  }

  #open(): Connection {
    if (this.#db && this.#isStillThere()) return this.#db
    // somebody may have removed the file in use, or put another in its place
    this.close()
    return this.#hold(this.#openOrMake())
  }

  #hold(db: Connection): Connection {
    this.#db = db
    this.#inode = inodeOf(this.#file)
    return db
  }

  #openOrMake(): Connection {
    if (!existsSync(this.#file)) return this.#makeAnew('missing')
    try {
      return openExisting(this.#file, this.#cache)
    } catch (error) {
      if (!isDamage(error) && !(error instanceof OtherFormat)) throw error
      return this.#makeAnew(error instanceof OtherFormat ? 'outdated' : 'damaged')
    }
  }

  #makeAnew(why: Renewal | null): Connection {
    removeSearchFile(this.#file)
    return make(this.#file, this.#cache, why)
  }

  /** An open file that was removed can be written for ever, and is gone with the process. */
  #isStillThere(): boolean {
    return this.#inode === inodeOf(this.#file)
  }
}

class OtherFormat extends Error {}

/** 0 when there is no file. */
const inodeOf = (file: string): bigint => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? 0n

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined)

/** NORMAL: a power cut may lose the last moments, which are taken in again, and damages nothing. */
const open = (file: string, cache: number) =>
  new Connection(file, {
    pragmas: [
      'journal_mode = WAL',
      'synchronous = NORMAL',
      `cache_size = -${cache}`,
      'temp_store = MEMORY',
      'trusted_schema = OFF',
    ],
  })

function openExisting(file: string, cache: number): Connection {
  const db = open(file, cache)
  try {
    if (headerOf(db, 'user_version') !== FORMAT && !fill(db)) throw new OtherFormat(file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function make(file: string, cache: number, why: Renewal | null): Connection {
  // readable by its owner alone, as the database
  closeSync(openSync(file, 'a', 0o600))
  const db = open(file, cache)
  fill(db)
  if (why) db.exec(`PRAGMA application_id = ${String(RENEWALS.indexOf(why))}`)
  return db
}

const headerOf = (db: Connection, field: 'user_version' | 'application_id'): unknown =>
  db.query(`PRAGMA ${field}`)[0]?.[field]

/** Makes the tables in a file that has none; of two threads that come to it at once the second finds them. @returns whether they are there */
function fill(db: Connection): boolean {
  db.exec('BEGIN IMMEDIATE')
  try {
    const isEmpty = db.query('SELECT 1 FROM sqlite_schema LIMIT 1').length === 0
    if (isEmpty) db.exec(TABLES)
    return headerOf(db, 'user_version') === FORMAT
  } finally {
    db.exec('COMMIT')
  }
}
