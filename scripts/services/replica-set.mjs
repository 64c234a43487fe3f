import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fromWorkspace } from './from-workspace.mjs'
import { findMongod } from './mongod.mjs'

/**
 * Starts a replica set of one member that lives as long as the test needs it. Its files lie in a folder of their own
 * under the system's temporary folder, and `stop` removes them.
 * @returns {Promise<{ uri: string, stop: () => Promise<void> } | null>} null when no mongod can be had
 */
export async function startMongoReplicaSet() {
  const systemBinary = await findMongod()
  if (!systemBinary) return null
  // Any mongod with replica sets will do; the package would warn that it is not the newest.
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK ??= 'false'
  const dbPath = await mkdtemp(path.join(tmpdir(), 'parley-mongo-'))
  const { MongoMemoryReplSet } = await fromWorkspace('apps/server', 'mongodb-memory-server-core')
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    // WiredTiger: the in-memory engine of old has no transactions. The cache is small because tests run side by side.
    instanceOpts: [{ dbPath, storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25'] }],
    replSet: { count: 1, name: 'parley' },
  })
  return {
    uri: set.getUri(),
    stop: async () => {
      await set.stop({ doCleanup: true, force: true })
      await rm(dbPath, { recursive: true, force: true })
    },
  }
}
