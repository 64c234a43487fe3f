import type { UUID } from 'mongodb'
import type { Connection } from './connection.ts'

/** A live process never leaves a transaction alone for so long, in ms. */
const LEFT_ALONE = 1000

/** Whatever readers are given otherwise, the ids of sessions must remain UUIDs. */
const AS_IT_IS = { readConcern: { level: 'local' }, promoteBuffers: false } as const

const lookedAt = new WeakMap<Connection, number>()

/**
 * A process that was killed in the middle of a transaction leaves it open, and MongoDB would let it stand in everybody's way for a
 * minute. Whoever cannot get on for a while therefore looks for such transactions and ends them; a process that was merely slow
 * runs its works again. Needs no privilege: it sees and ends the sessions of its own MongoDB user only.
 * @param stuckSince on the clock of `performance.now()`
 */
export async function endLeftTransactions(connection: Connection, stuckSince: number): Promise<void> {
  const now = performance.now()
  const last = lookedAt.get(connection) ?? -Infinity
  if (now - stuckSince < LEFT_ALONE / 2 || now - last < LEFT_ALONE / 2) return
  lookedAt.set(connection, now)
  const admin = connection.client.db('admin')
  const left = [
    { $currentOp: { idleSessions: true } },
    {
      $match: {
        type: 'idleSession',
        appName: connection.client.options.appName,
        'transaction.timeInactiveMicros': { $gt: LEFT_ALONE * 1000 },
      },
    },
    { $project: { lsid: 1 } },
  ]
  try {
    connection.statements++
    const found = await admin.aggregate<{ lsid: { id: UUID } }>(left, AS_IT_IS).toArray()
    if (found.length === 0) return
    connection.statements++
    await admin.command({ killSessions: found.map(({ lsid }) => ({ id: lsid.id })) })
  } catch {
    // A remedy only. Without it the commit is tried again until its time is over, and then says so.
  }
}
