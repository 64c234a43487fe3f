import type { AnyBulkWriteOperation, ClientSession } from 'mongodb'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import { NO_COUNTERS, type Counters, type CountersStep } from './counters.ts'
import { isDuplicateKey } from './storage-fault.ts'
import { documentId, toDocument, type StoredDocument, type Table } from './tables.ts'
import type { Write, WriteBuffer } from './write-buffer.ts'

/** Another process has written since this one looked: what the works have read may no longer be true. */
export class StaleError extends Error {
  override readonly name = 'StaleError'
}

/** Sends a batch's writes within the session's transaction. @throws StaleError */
export async function flush(
  connection: Connection,
  session: ClientSession,
  scope: OrgScope,
  counters: CountersStep,
  written: WriteBuffer,
): Promise<void> {
  await raiseCounters(connection, session, scope, counters.from, counters.to)
  for (const [table, writes] of written.tables) {
    if (!table.stored || writes.size === 0) continue
    const operations = [...writes]
      .toSorted(([, a], [, b]) => ORDER[a.mode] - ORDER[b.mode])
      .flatMap(([key, write]) => toOperation(table, scope, key, write) ?? [])
    // The driver sends one statement for each kind of operation.
    connection.statements += new Set(operations.map((operation) => Object.keys(operation)[0])).size
    if (operations.length > 0) await connection.collection(table.name).bulkWrite(operations, { session })
  }
}

/** The compare-and-set that makes the organisation's transactions one after another, across processes (T3, T11). */
async function raiseCounters(
  connection: Connection,
  session: ClientSession,
  scope: OrgScope,
  from: Counters,
  to: Counters,
): Promise<void> {
  const collection = connection.db.collection<Counters & { _id: string }>('counters')
  connection.statements++
  if (from.version === NO_COUNTERS.version) {
    try {
      await collection.insertOne({ _id: scope, ...to }, { session })
    } catch (error) {
      throw isDuplicateKey(error) ? new StaleError() : error
    }
    return
  }
  const { matchedCount } = await collection.updateOne(
    { _id: scope, version: from.version },
    { $set: to },
    { session },
  )
  if (matchedCount === 0) throw new StaleError()
}

/** What frees something unique goes before what takes it. */
const ORDER = { remove: 0, update: 1, upsert: 2, insert: 3 }

function toOperation(
  table: Table,
  scope: OrgScope,
  key: string,
  write: Write,
): AnyBulkWriteOperation<StoredDocument> | null {
  const filter = { _id: documentId(scope, key) }
  switch (write.mode) {
    case 'remove':
      return { deleteOne: { filter } }
    case 'insert':
      return { insertOne: { document: toDocument(table, scope, write.record) } }
    case 'upsert': {
      const { _id, ...replacement } = toDocument(table, scope, write.record)
      return { replaceOne: { filter, replacement, upsert: true } }
    }
    case 'update': {
      const $set = changedFields(write.base, write.record)
      return Object.keys($set).length > 0 ? { updateOne: { filter, update: { $set } } } : null
    }
  }
}

function changedFields(base: object, record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(([field, value]) => Reflect.get(base, field) !== value),
  )
}
