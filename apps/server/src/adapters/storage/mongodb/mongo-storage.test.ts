import { afterAll, beforeAll, describe } from 'vitest'
import { storageContract } from '../contract/storage.contract.ts'
import { mongod, startReplicaSet } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

describe.skipIf(!mongod)('MongoDB storage', () => {
  let server: Awaited<ReturnType<typeof startReplicaSet>> | undefined

  beforeAll(async () => {
    server = await startReplicaSet()
  })
  afterAll(() => server?.stop())

  storageContract(async () => {
    const url = server?.databaseUrl() ?? ''
    let storage = await openMongoStorage({ url })
    return {
      storage,
      reopen: async () => {
        await storage.close()
        storage = await openMongoStorage({ url })
        return storage
      },
      destroy: () => storage.close(),
    }
  })
})
