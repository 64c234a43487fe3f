import type { Change } from '@parley/contracts/sync/change'
import type { OrgScope } from './org-scope.ts'

export interface Committed<T> {
  readonly result: T
  /** What was taken down in the feed, in order of seq. */
  readonly changes: readonly Change[]
}

/**
 * The only way to write (T2). `work` may be run more than once, so it touches nothing but `tx`; a throw undoes all of it (T4).
 * Transactions of one organisation behave as if run one after another (T3), and results settle in commit order.
 * Settles when the data survives kill -9 and power loss (T5).
 * @throws whatever `work` throws; DomainError storage_full, storage_unavailable
 */
export interface Transactions<Tx> {
  run<T>(scope: OrgScope, work: (tx: Tx) => Promise<T>): Promise<Committed<T>>
}

/**
 * Runs a use case in a transaction and, once it is durable, sends its changes to those who may see them.
 * @returns what `work` returned
 * @throws whatever `work` throws; DomainError overloaded before anything is done
 */
export type RunUseCase<Tx> = <T>(
  scope: OrgScope,
  work: (tx: Tx) => Promise<T>,
  /** The connection that asked: its acknowledgement already carries the first change. */
  options?: { readonly origin?: string },
) => Promise<T>
