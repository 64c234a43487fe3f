import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMongod } from '../../../../../../scripts/services.mjs'
import { makeChat, numbersOf, oneTo, send } from '../contract/contract-fixture.ts'
import type { Storage } from '../contract/storage.ts'
import { prepareMongod, type MongodProcess } from './mongod-process.ts'
import { orSkipLoudly } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

const mongod = orSkipLoudly(await findMongod())

/** What MongoDB's own tests break with; each happens to the next two of these commands. */
const MISHAPS = {
  'the connection breaks at the commit': { failCommands: ['commitTransaction'], closeConnection: true },
  'the commit is done, but its majority is not heard of': {
    failCommands: ['commitTransaction'],
    writeConcernError: { code: 64, codeName: 'WriteConcernFailed', errmsg: 'waiting timed out' },
  },
  'the transaction is gone at the commit': {
    failCommands: ['commitTransaction'],
    errorCode: 251,
    errorLabels: ['TransientTransactionError'],
  },
  'a write meets the write of another': {
    failCommands: ['update'],
    errorCode: 112,
    errorLabels: ['TransientTransactionError'],
  },
  'the connection breaks at a write': { failCommands: ['insert'], closeConnection: true },
  'the primary steps down at a write': {
    failCommands: ['insert'],
    errorCode: 10107,
    errorLabels: ['TransientTransactionError'],
  },
}

describe.skipIf(!mongod)('a commit with a mishap', () => {
  let server: MongodProcess
  let storage: Storage
  let admin: MongoClient

  beforeAll(async () => {
    server = await prepareMongod(mongod ?? '', { replicaSet: true }, [
      '--setParameter',
      'enableTestCommands=1',
    ])
    await server.start()
    await server.initiate()
    const url = `mongodb://${server.host}/parley?replicaSet=away`
    storage = await openMongoStorage({ url })
    admin = new MongoClient(url)
  })
  afterAll(async () => {
    await storage.close()
    await admin.close()
    await server.destroy()
  })

  for (const [mishap, data] of Object.entries(MISHAPS)) {
    test(`T5: when ${mishap}, every message is there once`, async () => {
      const chat = await makeChat(storage)
      await send(storage, chat)
      const command = { configureFailPoint: 'failCommand', mode: { times: 2 } }
      await admin.db('admin').command({ ...command, data: { ...data, appName: 'parley' } })
      const sent = await Promise.all(oneTo(9).map((index) => send(storage, chat, String(index))))
      expect(sent.map((change) => change.data?.number)).toEqual(oneTo(10).slice(1))
      const page = await storage.read.messages.page(chat.scope, chat.conversation.id, { limit: 100 })
      expect(numbersOf(page)).toEqual(oneTo(10))
      expect(page.map(({ seq }) => seq)).toEqual(oneTo(10))
    })
  }
})
