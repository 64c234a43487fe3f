import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { DomainError } from '../../../kernel/domain-error.ts'
import { engineFailure } from './engine-errors.ts'
import type { Sql } from './sql.ts'

/** One connection with its prepared statements. Rows are typed by whoever wrote the statement. */
export class Connection {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<Sql, StatementSync>()
  /** Sent since it was opened. */
  statements = 0
  /** Why the engine failed; whatever transaction was open then is lost, even if its work went on. */
  failure: DomainError | undefined

  constructor(
    file: string,
    options: { readonly readOnly?: boolean; readonly pragmas?: readonly string[] } = {},
  ) {
    this.#database = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: 5_000 })
    for (const pragma of options.pragmas ?? []) this.#database.exec(`PRAGMA ${pragma}`)
  }

  run(statement: Sql, ...values: SQLInputValue[]): { changes: number; id: number } {
    this.statements += 1
    try {
      const { changes, lastInsertRowid } = this.#prepare(statement).run(...values)
      return { changes: Number(changes), id: Number(lastInsertRowid) }
    } catch (error) {
      throw this.#failed(error)
    }
  }

  get(statement: Sql, ...values: SQLInputValue[]): unknown {
    this.statements += 1
    try {
      return this.#prepare(statement).get(...values)
    } catch (error) {
      throw this.#failed(error)
    }
  }

  all(statement: Sql, ...values: SQLInputValue[]): unknown[] {
    this.statements += 1
    try {
      return this.#prepare(statement).all(...values)
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** Sends statements that are no part of the daily work: migrations, pragmas, checks. */
  exec(text: string): void {
    this.#database.exec(text)
  }

  /** The rows of a statement that is no part of the daily work. */
  query(text: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#database.prepare(text).all(...values)
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction
  }

  close(): void {
    this.#prepared.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  #prepare(statement: Sql): StatementSync {
    const known = this.#prepared.get(statement)
    if (known) return known
    const prepared = this.#database.prepare(statement)
    this.#prepared.set(statement, prepared)
    return prepared
  }

  #failed(error: unknown): unknown {
    const failure = engineFailure(error)
    if (failure) this.failure = failure
    return failure ?? error
  }
}
