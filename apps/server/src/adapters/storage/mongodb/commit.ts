import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClientSession } from 'mongodb'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import type { Counters } from './counters.ts'
import { flush, StaleError } from './flush.ts'
import { isAway, isTransient, isUnknownCommit, toStorageFault } from './storage-fault.ts'
import { sections, type Section, type Table } from './tables.ts'
import type { WriteBuffer } from './write-buffer.ts'

/** For how long a commit is tried again, in ms; as long as an election may take. */
const PATIENCE = 3000

/** The counters as they are after a commit of these writes. */
export function countersAfter(from: Counters, written: WriteBuffer): Counters {
  const version = from.version + 1
  const touched = new Set(
    [...written.tables.keys()].map((table: Table): Section | undefined => table.section),
  )
  const after = sections.map((name) => [name, touched.has(name) ? version : from.sections[name]])
  return {
    version,
    feedSeq: written.feedSeq,
    floor: written.floor,
    sections: Object.fromEntries(after) as Counters['sections'],
    commit: randomUUID(),
  }
}

/**
 * Commits a batch in one transaction, durably (T5). Tries again what MongoDB says may be tried again; the compare-and-set of the
 * counters keeps a repeat from happening twice.
 * @throws StaleError when another process has written since; or whatever MongoDB says against the writes
 */
export async function commit(
  connection: Connection,
  scope: OrgScope,
  counters: { readonly from: Counters; readonly to: Counters },
  written: WriteBuffer,
): Promise<void> {
  const deadline = performance.now() + PATIENCE
  for (let attempt = 1; ; attempt++) {
    try {
      connection.refuseWhileAway()
      await commitOnce(connection, scope, counters, written, deadline)
      return
    } catch (error) {
      // After a lost answer, "stale" may mean that it is this very commit which has been there already.
      const mayBeDone = error instanceof StaleError && attempt > 1
      if (mayBeDone && (await connection.counters(scope))?.commit === counters.to.commit) return
      if (!(isTransient(error) || isAway(error)) || performance.now() > deadline) throw error
      await wait(jitter(attempt))
    }
  }
}

/** Grows with the attempts, and is never the same for two processes. In ms. */
export const jitter = (attempt: number): number => Math.random() * Math.min(5 * 2 ** attempt, 200)

async function commitOnce(
  connection: Connection,
  scope: OrgScope,
  counters: { readonly from: Counters; readonly to: Counters },
  written: WriteBuffer,
  deadline: number,
): Promise<void> {
  const session = connection.startSession()
  try {
    session.startTransaction()
    await flush(connection, session, scope, counters, written)
    await commitSurely(connection, session, deadline)
  } catch (error) {
    // Nobody waits for this: a server that is away forgets the transaction by itself.
    const ended = abandon(connection, session)
    if (!isAway(error)) await ended
    throw error
  }
  await session.endSession()
}

async function abandon(connection: Connection, session: ClientSession): Promise<void> {
  try {
    if (session.inTransaction()) {
      connection.statements++
      await session.abortTransaction()
    }
  } finally {
    await session.endSession().catch(() => undefined)
  }
}

async function commitSurely(connection: Connection, session: ClientSession, deadline: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      connection.statements++
      await session.commitTransaction()
      return
    } catch (error) {
      if (!isUnknownCommit(error)) throw error
      if (performance.now() > deadline) throw toStorageFault(error)
      await wait(jitter(attempt))
    }
  }
}
