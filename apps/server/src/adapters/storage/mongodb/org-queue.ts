import { setImmediate as nextTick } from 'node:timers/promises'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Committed, Transactions } from '../../../kernel/transactions.ts'
import type { StorageTx } from '../contract/storage.ts'
import type { Task } from './run-batch.ts'

/** Transactions of one organisation that go into one commit at most. */
const BATCH = 256
/** Transactions of one organisation that wait at most; the next are told to come back. */
const WAITING = 10_000

/** Lets each organisation's transactions form one queue; whoever arrives during a commit shares the next one (T11). */
export class OrgQueues implements Transactions<StorageTx> {
  readonly #runBatch: (scope: OrgScope, tasks: readonly Task[]) => Promise<void>
  readonly #waiting = new Map<OrgScope, Task[]>()
  readonly #running = new Set<Promise<void>>()
  #closed = false

  constructor(runBatch: (scope: OrgScope, tasks: readonly Task[]) => Promise<void>) {
    this.#runBatch = runBatch
  }

  async run<T>(scope: OrgScope, work: (tx: StorageTx) => Promise<T>): Promise<Committed<T>> {
    if (this.#closed) throw new DomainError('storage_unavailable')
    return new Promise((resolve, reject) => {
      const task: Task = { work, resolve: resolve as Task['resolve'], reject }
      const waiting = this.#waiting.get(scope)
      if (!waiting) this.#start(scope, task)
      else if (waiting.length < WAITING) waiting.push(task)
      else reject(new DomainError('overloaded'))
    })
  }

  /** Refuses what is new and resolves when everything else is settled. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#running)
  }

  #start(scope: OrgScope, task: Task): void {
    const waiting = [task]
    this.#waiting.set(scope, waiting)
    const running = this.#drain(scope, waiting).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #drain(scope: OrgScope, waiting: Task[]): Promise<void> {
    while (waiting.length > 0) {
      // Whatever arrives in the same turn of the event loop joins.
      await nextTick()
      await this.#runBatch(scope, waiting.splice(0, BATCH))
    }
    this.#waiting.delete(scope)
  }
}
