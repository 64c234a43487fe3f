import { startMongoReplicaSet } from '../../../scripts/services.mjs'

/** Where the workers' servers find the replica set, each with a database of its own. */
export const MONGODB_URI = 'PARLEY_E2E_MONGODB_URI'

/** Once for all workers: what the chosen storage engine needs. Playwright calls what this returns at the end. */
// eslint-disable-next-line no-restricted-syntax -- Playwright takes a file's default export
export default async function startStorage(): Promise<(() => Promise<void>) | undefined> {
  const storage = process.env['PARLEY_E2E_STORAGE'] ?? 'sqlite'
  if (storage === 'sqlite') return undefined
  if (storage !== 'mongodb')
    throw new Error(`PARLEY_E2E_STORAGE is "${storage}"; it can be "sqlite" or "mongodb".`)
  const set = await startMongoReplicaSet()
  if (!set) throw new Error('PARLEY_E2E_STORAGE=mongodb needs a mongod. Set PARLEY_TEST_MONGOD to one.')
  process.env[MONGODB_URI] = set.uri
  return () => set.stop()
}
