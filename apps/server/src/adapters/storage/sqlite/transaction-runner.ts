import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Committed, Transactions } from '../../../kernel/transactions.ts'
import type { StorageFault, StorageTx } from '../contract/storage.ts'
import { Batch } from './batch.ts'
import type { Caches } from './caches.ts'
import type { Connection } from './connection.ts'
import { Job } from './job.ts'
import { StallWatch } from './stall-watch.ts'

const BATCH_MILLISECONDS = 4
const BATCH_JOBS = 512
const STALL_MILLISECONDS = 2_000

export interface RunnerOptions {
  /** How long a work may wait for anything but its transaction. */
  readonly stallMilliseconds?: number | undefined
  /** How long one batch may take before it commits. */
  readonly batchMilliseconds?: number | undefined
}

/**
 * Group commit (T6): works queue up, run one after another on the one writing connection, and share a commit. Nothing but
 * microtasks runs between a batch's beginning and its commit, unless a work waits for something else, which it must not.
 */
export class TransactionRunner implements Transactions<StorageTx> {
  readonly #db: Connection
  readonly #caches: Caches
  readonly #stallMilliseconds: number
  readonly #batchMilliseconds: number
  readonly #queue: Job[] = []
  readonly #listeners: ((size: number, milliseconds: number) => void)[] = []
  #running: Promise<void> | undefined
  readonly #faultListeners: ((fault: StorageFault) => void)[] = []
  #closed = false
  #broken = false
  /** An engine that fails at every write says so once. */
  #faultTold = false
  #committed: { readonly size: number; readonly milliseconds: number } | undefined
  /** A batch is open, so that the caches may be ahead of what is committed. */
  active = false
  commits = 0
  transactions = 0

  constructor(db: Connection, caches: Caches, options: RunnerOptions = {}) {
    this.#db = db
    this.#caches = caches
    this.#stallMilliseconds = options.stallMilliseconds ?? STALL_MILLISECONDS
    this.#batchMilliseconds = options.batchMilliseconds ?? BATCH_MILLISECONDS
  }

  run<T>(scope: OrgScope, work: (tx: StorageTx) => Promise<T>): Promise<Committed<T>> {
    if (this.#broken) return Promise.reject(new DomainError('storage_unavailable'))
    if (this.#closed) return Promise.reject(new DomainError('shutting_down'))
    return new Promise<Committed<T>>((resolve, reject) => {
      const settle = (result: unknown, changes: Committed<T>['changes']) =>
        resolve({ result: result as T, changes })
      this.#queue.push(new Job(scope, work, settle, reject))
      this.#wake()
    })
  }

  onCommit(listener: (size: number, milliseconds: number) => void): void {
    this.#listeners.push(listener)
  }

  onFault(listener: (fault: StorageFault) => void): void {
    this.#faultListeners.push(listener)
  }

  /** Whether nothing can be written any more. */
  get broken(): boolean {
    return this.#broken
  }

  /** Refuses new works and finishes those that wait. */
  async close(): Promise<void> {
    this.#closed = true
    while (this.#running) await this.#running
  }

  /** One turn of the event loop later, so that everything one poll brought in shares a commit. */
  #wake(): void {
    if (this.#running) return
    this.#running = new Promise((resolve) => {
      setImmediate(() => {
        void this.#runBatch().finally(() => {
          this.#running = undefined
          if (this.#queue.length > 0) this.#wake()
          resolve()
        })
      })
    })
  }

  async #runBatch(): Promise<void> {
    this.active = true
    this.#caches.pin()
    let jobs: readonly Job[] = []
    try {
      jobs = await this.#attempt(this.#queue, false)
      this.#queue.splice(0, jobs.length)
      if (jobs.some((job) => job.spoilt)) await this.#attempt(jobs, true)
    } catch (error) {
      jobs = [...jobs, ...this.#queue.splice(0)]
      this.#stop(error, jobs)
    } finally {
      this.#caches.unpin()
      this.active = false
    }
    for (const job of jobs) job.settle()
    this.#tell()
  }

  /**
   * Runs works and commits. The first attempt goes without savepoints; if a work fails after it wrote, all of it is
   * undone and run again with them.
   * @returns the works that ran
   */
  async #attempt(queue: readonly Job[], savepoints: boolean): Promise<readonly Job[]> {
    const batch = new Batch(this.#db, this.#caches, savepoints)
    const watch = new StallWatch(this.#stallMilliseconds)
    const started = performance.now()
    const jobs: Job[] = []
    for (let job = queue[0]; job; job = queue[jobs.length]) {
      jobs.push(job)
      await job.run(batch, savepoints, watch.stalled)
      if (this.#db.failure || job.spoilt) break
      if (job.stalled) watch.restart()
      const full = jobs.length >= BATCH_JOBS || performance.now() - started > this.#batchMilliseconds
      if (full && !savepoints) break
    }
    watch.end()
    this.#finish(batch, savepoints ? queue : jobs)
    return jobs
  }

  #finish(batch: Batch, jobs: readonly Job[]): void {
    const started = performance.now()
    if (!this.#commit(batch, jobs)) {
      this.#giveUp(batch, jobs)
      return
    }
    if (!batch.begun) return
    this.commits += 1
    this.transactions += jobs.length
    this.#committed = { size: jobs.length, milliseconds: performance.now() - started }
    this.#faultTold = false
  }

  /** After the works were told: what a listener throws must not keep them waiting. */
  #tell(): void {
    const committed = this.#committed
    this.#committed = undefined
    if (committed) for (const listener of this.#listeners) listener(committed.size, committed.milliseconds)
  }

  #commit(batch: Batch, jobs: readonly Job[]): boolean {
    if (this.#db.failure || jobs.some((job) => job.spoilt)) return false
    try {
      if (batch.begun) batch.commit()
      return true
    } catch (error) {
      this.#db.failure ??= new DomainError('storage_unavailable', { cause: error })
      return false
    }
  }

  /** Undoes a batch; if it was the engine that failed, no work of it may count as done. */
  #giveUp(batch: Batch, jobs: readonly Job[]): void {
    const { failure } = this.#db
    this.#db.failure = undefined
    batch.undo()
    if (!failure) return
    this.#caches.clear()
    for (const job of jobs) job.fail(failure)
    if (!this.#faultTold) this.#tellFault({ error: failure, stopped: false })
    this.#faultTold = true
  }

  /** What was begun could not be undone: nobody knows what the connection holds, so nothing may be written through it again. */
  #stop(error: unknown, jobs: readonly Job[]): void {
    this.#broken = true
    this.#caches.clear()
    const failure =
      error instanceof DomainError ? error : new DomainError('storage_unavailable', { cause: error })
    for (const job of jobs) job.fail(failure)
    try {
      this.#db.close()
    } catch {
      // the engine has failed already, and that is told
    }
    this.#tellFault({ error: failure, stopped: true })
  }

  #tellFault(fault: StorageFault): void {
    for (const listener of this.#faultListeners) listener(fault)
  }
}
