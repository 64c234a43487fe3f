import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { StorageTx } from '../contract/storage.ts'
import type { Batch } from './batch.ts'
import type { Change } from './change.ts'
import { StalledError } from './stall-watch.ts'
import { SqliteTx, Work } from './work.ts'

/** One transaction as it was asked for, with what became of it in the latest attempt. */
export class Job {
  readonly #scope: OrgScope
  readonly #work: (tx: StorageTx) => Promise<unknown>
  readonly #resolve: (result: unknown, changes: readonly Change[]) => void
  readonly #reject: (error: unknown) => void
  #outcome:
    | { readonly result: unknown; readonly changes: readonly Change[] }
    | { readonly error: unknown }
    | undefined
  /** It failed after it wrote and could not be undone alone, so that its whole batch has to be undone. */
  spoilt = false
  /** It waited for something other than its transaction; it is not tried again. */
  stalled = false

  constructor(
    scope: OrgScope,
    work: (tx: StorageTx) => Promise<unknown>,
    resolve: (result: unknown, changes: readonly Change[]) => void,
    reject: (error: unknown) => void,
  ) {
    this.#scope = scope
    this.#work = work
    this.#resolve = resolve
    this.#reject = reject
  }

  /** @param stalled rejects when the work has waited for too long */
  async run(batch: Batch, savepoints: boolean, stalled: Promise<never>): Promise<void> {
    this.spoilt = false
    if (this.stalled) return
    const work = new Work(batch, this.#scope)
    try {
      const result = await Promise.race([this.#work(new SqliteTx(work)), stalled])
      work.end()
      if (work.wrote) batch.keepWork()
      this.#outcome = { result, changes: work.changes }
    } catch (error) {
      work.end()
      this.#outcome = { error }
      this.stalled = error instanceof StalledError
      if (batch.db.failure) return
      if (savepoints) this.#undo(work, batch)
      else this.spoilt = work.wrote
    }
  }

  /** What cannot be undone alone fails its whole batch. */
  #undo(work: Work, batch: Batch): void {
    try {
      work.undo()
    } catch (error) {
      batch.db.failure ??= new DomainError('storage_unavailable', { cause: error })
    }
  }

  /** Whatever it did is lost. */
  fail(error: unknown): void {
    this.#outcome = { error }
  }

  /** Tells the caller, once the batch is durable. */
  settle(): void {
    if (!this.#outcome) return
    if ('error' in this.#outcome) this.#reject(this.#outcome.error)
    else this.#resolve(this.#outcome.result, this.#outcome.changes)
  }
}
