import { setTimeout as wait } from 'node:timers/promises'
import type { ClientSession } from 'mongodb'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import { NO_COUNTERS, type Counters, type CountersStep } from './counters.ts'
import { endLeftTransactions } from './end-left-transactions.ts'
import { flush, StaleError } from './flush.ts'
import { isAway, isTransient, isUnknownCommit, UnknownOutcomeError } from './storage-fault.ts'
import type { WriteBuffer } from './write-buffer.ts'

/** For how long a commit is tried again, in ms; as long as an election may take. */
const PATIENCE = 3000

/**
 * Commits what a batch has written, durably (T5).
 * @throws StaleError when another process has written since; UnknownOutcomeError when it may have been done, or may still be
 */
export type Commit = (counters: CountersStep, written: WriteBuffer) => Promise<void>

/**
 * Commits in one transaction and tries again what MongoDB says may be tried again; the compare-and-set of the counters keeps a
 * repeat from happening twice.
 */
export const commitOptimistically =
  (connection: Connection, scope: OrgScope): Commit =>
  async (counters, written) => {
    const deadline = performance.now() + PATIENCE
    for (let attempt = 1; ; attempt++) {
      try {
        connection.refuseWhileAway()
        await inTransaction(connection, async (session) => {
          await flush(connection, session, scope, counters, written)
          await commitSurely(connection, session, deadline)
        })
        return
      } catch (error) {
        // After a lost answer, "stale" may mean that it is this very commit which has been there already.
        const mayBeDone = error instanceof StaleError && attempt > 1
        if (mayBeDone && (await connection.counters(scope))?.commit === counters.to.commit) return
        if (!(isTransient(error) || isAway(error)) || performance.now() > deadline) throw error
        await endLeftTransactions(connection, deadline - PATIENCE)
        await wait(jitter(attempt))
      }
    }
  }

/** Grows with the attempts, and is never the same for two processes. In ms. */
const jitter = (attempt: number): number => Math.random() * Math.min(4 * 2 ** attempt, 100)

/**
 * Keeps other processes from committing while the work runs, so that it cannot be overtaken again. Whoever was overtaken once
 * goes this way, else a process with cold caches would never win against one with warm ones (T11).
 * @param work is told the version that it must have seen before it reads anything, and commits once at most
 */
export const withLock = <T>(
  connection: Connection,
  scope: OrgScope,
  work: (lockedVersion: number, commit: Commit) => Promise<T>,
): Promise<T> =>
  persistently(connection, async (session) => {
    const { version } = await lock(connection, session, scope)
    return work(version, async (counters, written) => {
      await flush(connection, session, scope, counters, written)
      await commitSurely(connection, session, performance.now() + PATIENCE)
    })
  })

/**
 * Draws a line under an organisation's earlier transactions: one that is still open ends first, and one that is done is there for
 * good, since nothing that was read here could be lost without this being lost too.
 * @returns the counters as they are behind the line
 */
export const fence = (connection: Connection, scope: OrgScope): Promise<Counters> =>
  persistently(connection, async (session) => {
    const counters = await lock(connection, session, scope)
    await commitSurely(connection, session, performance.now() + PATIENCE)
    return counters
  })

async function persistently<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  for (;;) {
    try {
      connection.refuseWhileAway()
      return await inTransaction(connection, work)
    } catch (error) {
      if (!isTransient(error) && !isAway(error)) throw error
      if (performance.now() > startedAt + 2 * PATIENCE) throw new DomainError('storage_unavailable')
      await endLeftTransactions(connection, startedAt)
      // Evenly spread and short: the one in front needs a few milliseconds, and gives way afterwards.
      await wait(2 + Math.random() * 4)
    }
  }
}

async function lock(connection: Connection, session: ClientSession, scope: OrgScope): Promise<Counters> {
  connection.statements++
  const counters = connection.db.collection<Counters & { _id: string; locks?: number }>('counters')
  const found = await counters.findOneAndUpdate({ _id: scope }, { $inc: { locks: 1 } }, { session })
  return found ?? NO_COUNTERS
}

async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = connection.startSession()
  session.startTransaction()
  try {
    const result = await work(session)
    if (session.inTransaction()) await abandon(connection, session)
    else await session.endSession()
    return result
  } catch (error) {
    const ended = abandon(connection, session)
    // Otherwise MongoDB has ended it already, or cannot be told.
    if (!isTransient(error) && !isAway(error)) await ended
    throw error
  }
}

async function abandon(connection: Connection, session: ClientSession): Promise<void> {
  if (session.inTransaction()) {
    connection.statements++
    await session.abortTransaction().catch(() => undefined)
  }
  await session.endSession().catch(() => undefined)
}

async function commitSurely(connection: Connection, session: ClientSession, deadline: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      connection.statements++
      await session.commitTransaction()
      return
    } catch (error) {
      // Only "gone without a trace" is a final word where the server could not be heard.
      if (isTransient(error) || !(isUnknownCommit(error) || isAway(error))) throw error
      if (performance.now() > deadline) throw new UnknownOutcomeError(error)
      await wait(jitter(attempt))
    }
  }
}
