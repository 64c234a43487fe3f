import { afterAll, beforeAll, describe } from 'vitest'
import { findMongod, startMongoReplicaSet } from '../../../../../../scripts/services.mjs'
import { storageContract } from '../contract/storage.contract.ts'
import { orSkipLoudly, testServer, type TestServer } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

const mongod = orSkipLoudly(await findMongod())

describe.skipIf(!mongod)('MongoDB storage', () => {
  let server: TestServer | undefined

  beforeAll(async () => {
    server = testServer(await startMongoReplicaSet())
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
