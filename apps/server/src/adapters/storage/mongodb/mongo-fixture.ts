import { randomUUID } from 'node:crypto'
import { findMongod, startMongoReplicaSet } from '../../../../../../scripts/services.mjs'

/** Where tests find MongoDB's program; null skips them, which only a developer's machine may do. */
export const mongod = await findMongod()
if (!mongod) {
  const sentence = 'No mongod can be had: the tests of the MongoDB storage'
  if (process.env['CI'] === 'true') throw new Error(`${sentence} fail.`)
  console.warn(`\n!!! ${sentence} are SKIPPED. Set PARLEY_TEST_MONGOD, or put mongod on the PATH. !!!\n`)
}

/** A replica set of one server, for one test file. */
export async function startReplicaSet() {
  const set = await startMongoReplicaSet()
  if (!set) throw new Error('mongod was there a moment ago')
  return { databaseUrl: () => withDatabase(set.uri, `test-${randomUUID()}`), stop: () => set.stop() }
}

/** The address of a database on that server. */
export function withDatabase(uri: string, database: string): string {
  const url = new URL(uri)
  url.pathname = `/${database}`
  return url.href
}
