import { startMongoReplicaSet } from '../../scripts/services.mjs'

export interface StartedStorage {
  /** What the server is told; nothing for the embedded database. */
  readonly address: string | undefined
  stop(): Promise<void>
}

/** What the server keeps its data in. @throws Error when a replica set cannot be had */
export async function startStorage(name: string): Promise<StartedStorage> {
  if (name === 'sqlite') return { address: undefined, stop: async () => {} }
  if (name !== 'mongodb') throw new Error(`There is no storage "${name}"; say sqlite or mongodb.`)
  const set = await startMongoReplicaSet()
  if (!set) throw new Error('There is no mongod on this machine.')
  return { address: set.uri, stop: () => set.stop() }
}
