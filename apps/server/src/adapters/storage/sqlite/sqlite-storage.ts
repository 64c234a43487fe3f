import { DomainError } from '../../../kernel/domain-error.ts'
import type { Transactions } from '../../../kernel/transactions.ts'
import type {
  LateCommitListener,
  Storage,
  StorageFault,
  StorageFigures,
  StorageReader,
  StorageTx,
} from '../contract/storage.ts'
import { Caches } from './caches.ts'
import type { Checkpointer } from './checkpointer.ts'
import type { Connection } from './connection.ts'
import { SqliteMemberLocator } from './member-locator.ts'
import { SqliteOrganisationLocator } from './organisation-locator.ts'
import type { ReadThread } from './read-thread.ts'
import { searchFile, type SearchFile } from './search/search-file.ts'
import { SqliteSearchIndex } from './search/search-index.ts'
import { organisationsBehind } from './search/search-lag.ts'
import { sql } from './sql.ts'
import { storageReader } from './storage-reader.ts'
import { TransactionRunner, type RunnerOptions } from './transaction-runner.ts'
import type { View } from './view.ts'

const PING = sql('SELECT 1')

export interface SqliteParts {
  readonly file: string
  readonly writer: Connection
  readonly reader: Connection
  readonly checkpointer: Checkpointer
  readonly readThread: ReadThread | null
  readonly searchThread: ReadThread | null
  readonly indexThread: ReadThread | null
  readonly search: SearchFile
  readonly afterClose: () => void
}

/** The embedded engine: one connection that writes, one that reads what is committed, and caches between. */
export class SqliteStorage implements Storage {
  readonly engine = 'sqlite'
  readonly writer: Connection
  readonly read: StorageReader
  readonly readsElsewhere: ReadThread | null
  readonly searchElsewhere: ReadThread | null
  readonly indexElsewhere: ReadThread | null
  readonly search: SqliteSearchIndex
  readonly locator: SqliteMemberLocator
  readonly organisations: SqliteOrganisationLocator
  readonly transactions: Transactions<StorageTx>
  readonly #parts: SqliteParts
  readonly #runner: TransactionRunner
  #closing: Promise<void> | undefined

  constructor(parts: SqliteParts, options: RunnerOptions) {
    const caches = new Caches()
    const runner = new TransactionRunner(parts.writer, caches, options)
    const committed: View = { db: parts.reader, caches: () => (runner.active ? undefined : caches) }
    this.#parts = parts
    this.writer = parts.writer
    this.#runner = runner
    this.transactions = runner
    this.locator = new SqliteMemberLocator(committed)
    this.organisations = new SqliteOrganisationLocator(committed)
    this.read = storageReader(committed)
    this.readsElsewhere = parts.readThread
    this.searchElsewhere = parts.searchThread
    this.indexElsewhere = parts.indexThread
    this.search = new SqliteSearchIndex(parts.search, committed)
    parts.checkpointer.start(() => runner.active)
  }

  async ping(): Promise<void> {
    if (this.#closing) throw new DomainError('storage_unavailable', { cause: 'the storage is closed' })
    if (this.#runner.broken) throw new DomainError('storage_unavailable')
    this.#parts.reader.get(PING)
  }

  async searchBehind(): Promise<readonly string[]> {
    return organisationsBehind(this.#parts.reader, searchFile(this.#parts.file))
  }

  figures(): StorageFigures {
    const { commits, transactions } = this.#runner
    return { commits, transactions, statements: this.writer.statements + this.#parts.reader.statements }
  }

  onCommit(listener: (size: number, milliseconds: number) => void): void {
    this.#runner.onCommit(listener)
  }

  onFault(listener: (fault: StorageFault) => void): void {
    this.#runner.onFault(listener)
  }

  /** An engine in this very process always hears what became of a commit. */
  onLateCommit(_listener: LateCommitListener): void {}

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#runner.close()
    await this.#parts.readThread?.close()
    await this.#parts.searchThread?.close()
    await this.#parts.indexThread?.close()
    this.search.close()
    await this.#parts.checkpointer.stop()
    this.#parts.reader.close()
    this.writer.close()
    this.#parts.afterClose()
  }
}
