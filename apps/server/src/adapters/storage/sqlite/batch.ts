import type { Caches, Org } from './caches.ts'
import { SET_HEAD } from './change-table.ts'
import type { Connection } from './connection.ts'
import { sql } from './sql.ts'

const BEGIN = sql('BEGIN IMMEDIATE')
const COMMIT = sql('COMMIT')
const ROLLBACK = sql('ROLLBACK')
const SAVEPOINT = sql('SAVEPOINT work')
const ROLLBACK_TO = sql('ROLLBACK TO work')
const RELEASE = sql('RELEASE work')

/** A cache entry that depends on what the batch wrote. */
interface Touched {
  readonly cache: { delete(key: string | number): void }
  readonly key: string | number
}

/** One transaction of the engine, which carries many of ours. It begins with the first write. */
export class Batch {
  readonly db: Connection
  readonly caches: Caches
  readonly touched: Touched[] = []
  /** Organisations whose head has moved, by surrogate. */
  readonly moved = new Map<number, Org>()
  /** Whether each work can be undone alone; costs a fifth of a send. */
  readonly #savepoints: boolean
  begun = false

  constructor(db: Connection, caches: Caches, savepoints: boolean) {
    this.db = db
    this.caches = caches
    this.#savepoints = savepoints
  }

  /** Called once by each work that writes. */
  beforeFirstWrite(): void {
    if (!this.begun) this.db.run(BEGIN)
    this.begun = true
    if (this.#savepoints) this.db.run(SAVEPOINT)
  }

  /** Keeps what the work wrote. */
  keepWork(): void {
    if (this.#savepoints) this.db.run(RELEASE)
  }

  /** Undoes what one work wrote. @param touchedBefore how many entries were touched when it began */
  undoWork(touchedBefore: number): void {
    this.db.run(ROLLBACK_TO)
    this.db.run(RELEASE)
    // What is forgotten is read again from the file, which therefore has to know the heads of earlier works.
    this.#writeHeads()
    this.#forget(touchedBefore)
  }

  commit(): void {
    this.#writeHeads()
    this.db.run(COMMIT)
  }

  /** Undoes everything. The caches are then what the file holds. */
  undo(): void {
    this.#forget(0)
    // After a full disk the engine has often rolled back by itself.
    if (this.db.inTransaction) this.db.run(ROLLBACK)
    this.begun = false
  }

  #writeHeads(): void {
    for (const org of this.moved.values()) this.db.run(SET_HEAD, org.head, org.n)
    this.moved.clear()
  }

  #forget(from: number): void {
    for (const { cache, key } of this.touched.splice(from)) cache.delete(key)
  }
}
