import type { Committed } from '../../../kernel/transactions.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'
import type { StorageTx } from '../contract/storage.ts'
import { commitOptimistically, withLock, type Commit } from './commit.ts'
import type { Connection } from './connection.ts'
import { countersAfter } from './counters.ts'
import { StaleError } from './flush.ts'
import type { OrgCache, OrgCaches } from './org-cache.ts'
import { OrgView } from './org-view.ts'
import { isAway, isDuplicateKey, isTransient, toStorageFault, UnknownOutcomeError } from './storage-fault.ts'
import { messages } from './tables.ts'
import { openTransaction } from './transaction.ts'
import type { UnsettledCommits } from './unsettled-commits.ts'
import { WriteBuffer } from './write-buffer.ts'
import { WriteView, type BatchState } from './write-view.ts'

/** One transaction that waits for its commit. */
export interface Task {
  readonly work: (tx: StorageTx) => Promise<unknown>
  readonly resolve: (committed: Committed<unknown>) => void
  readonly reject: (error: unknown) => void
}

type Outcome = { readonly committed: Committed<unknown> } | { readonly error: unknown }
type Found = Map<string, MessageRecord>

/** More tries than this are a fault. */
const ATTEMPTS = 20

export type CommitListener = (size: number, milliseconds: number) => void

export interface BatchDeps {
  readonly connection: Connection
  readonly caches: OrgCaches
  readonly unsettled: UnsettledCommits
  readonly onCommit: CommitListener
}

/** Runs one organisation's tasks one after another and commits what they wrote together (T11). Settles every task. */
export async function runBatch(deps: BatchDeps, scope: OrgScope, tasks: readonly Task[]): Promise<void> {
  try {
    await deps.unsettled.settle(scope)
    settle(tasks, await attemptAll(deps, scope, tasks))
  } catch (error) {
    if (tasks.length === 1 || isHopeless(error)) {
      for (const task of tasks) task.reject(toStorageFault(error))
      return
    }
    // MongoDB refused something: alone, only the one at fault fails.
    for (const task of tasks) await runBatch(deps, scope, [task])
  }
}

const isHopeless = (error: unknown): boolean =>
  error instanceof DomainError || isAway(error) || isTransient(error)

async function attemptAll(
  deps: BatchDeps,
  scope: OrgScope,
  tasks: readonly Task[],
): Promise<readonly Outcome[]> {
  const { connection, caches } = deps
  const found: Found = new Map()
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const cache = caches.of(scope)
    const run = (commit: Commit) => attemptOnce(deps, cache, scope, tasks, found, commit)
    try {
      if (cache.isUnchecked) await cache.refresh()
      if (!cache.isContended) return await run(commitOptimistically(connection, scope))
      await cache.giveWay()
      return await withLock(connection, scope, async (version, commit) => {
        await cache.reach(version)
        await new OrgView(scope, cache, connection).loadAgain(cache.takeForgotten())
        return run(commit)
      })
    } catch (error) {
      if (error instanceof TakenIdsError) for (const message of error.messages) found.set(message.id, message)
      else if (error instanceof StaleError) cache.noteContention()
      else throw error
    }
  }
  throw new DomainError('storage_unavailable', { cause: new Error('Other processes always wrote first.') })
}

async function attemptOnce(
  { connection, unsettled, onCommit }: BatchDeps,
  cache: OrgCache,
  scope: OrgScope,
  tasks: readonly Task[],
  found: Found,
  commit: Commit,
): Promise<readonly Outcome[]> {
  const startedAt = performance.now()
  const from = cache.counters
  const batch: BatchState = { written: new WriteBuffer(from), assumedAbsent: new Set(), found }
  const outcomes: Outcome[] = []
  for (const { work } of tasks) {
    outcomes.push(await runOne(new WriteView(scope, cache, connection, batch), batch, work))
  }
  await verifyAbsence(connection, scope, batch, (id) => batch.written.get(messages, id) === undefined)
  if (batch.written.isEmpty) {
    // What was read, and why something was refused, must have been true as well.
    await cache.refreshAnew()
    if (cache.counters.version !== from.version) throw new StaleError()
    return outcomes
  }
  const to = countersAfter(from, batch.written)
  try {
    await commit({ from, to }, batch.written)
  } catch (error) {
    // Perhaps the id of a message that was taken for new.
    if (error instanceof UnknownOutcomeError) unsettled.add(scope, to, batch.written.changes)
    if (isDuplicateKey(error)) await verifyAbsence(connection, scope, batch, () => true)
    throw error
  }
  cache.advance(to, batch.written)
  onCommit(outcomes.filter((outcome) => 'committed' in outcome).length, performance.now() - startedAt)
  return outcomes
}

async function runOne(view: WriteView, batch: BatchState, work: Task['work']): Promise<Outcome> {
  try {
    const result = await work(openTransaction(view))
    batch.written.absorb(view.written)
    return { committed: { result, changes: view.written.changes } }
  } catch (error) {
    return { error }
  } finally {
    view.close()
  }
}

/** Messages that were taken not to exist do exist: the works have to run again, knowing them. */
class TakenIdsError extends Error {
  readonly messages: readonly MessageRecord[]

  constructor(existing: readonly MessageRecord[]) {
    super('messages exist that were taken for new')
    this.messages = existing
  }
}

async function verifyAbsence(
  connection: Connection,
  scope: OrgScope,
  batch: BatchState,
  concerns: (id: string) => boolean,
): Promise<void> {
  const ids = [...batch.assumedAbsent].filter(concerns)
  const existing = await connection.findByKeys(messages, scope, ids)
  if (existing.length > 0) throw new TakenIdsError(existing)
}

function settle(tasks: readonly Task[], outcomes: readonly Outcome[]): void {
  for (const [index, { resolve, reject }] of tasks.entries()) {
    const outcome = outcomes[index]
    if (outcome && 'committed' in outcome) resolve(outcome.committed)
    else reject(toStorageFault(outcome?.error))
  }
}
