import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findMongod } from '../../../../../../scripts/services.mjs'
import { newId } from '../../../kernel/ids.ts'
import { type Chat, makeChat, numbersOf, oneTo, send, sendIn } from '../contract/contract-fixture.ts'
import type { Storage, StorageTx } from '../contract/storage.ts'
import type { Change } from './feed-types.ts'
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
  let late: (readonly Change[] | null)[]

  const breakWith = (data: object, mode: unknown) =>
    admin
      .db('admin')
      .command({ configureFailPoint: 'failCommand', mode, data: { ...data, appName: 'parley' } })

  beforeAll(async () => {
    server = await prepareMongod(mongod ?? '', { replicaSet: true }, [
      '--setParameter',
      'enableTestCommands=1',
    ])
    await server.start()
    await server.initiate()
    const url = `mongodb://${server.host}/parley?replicaSet=away`
    storage = await openMongoStorage({ url })
    storage.onLateCommit((_scope, changes) => late.push(changes))
    admin = new MongoClient(url)
  })
  beforeEach(() => {
    late = []
  })
  afterEach(() => breakWith({ failCommands: [] }, 'off'))
  afterAll(async () => {
    await storage.close()
    await admin.close()
    await server.destroy()
  })

  for (const [mishap, data] of Object.entries(MISHAPS)) {
    test(`T5: when ${mishap}, every message is there once`, async () => {
      const chat = await makeChat(storage)
      await send(storage, chat)
      await breakWith(data, { times: 2 })
      const sent = await Promise.all(oneTo(9).map((index) => send(storage, chat, String(index))))
      expect(sent.map((change) => change.data?.number)).toEqual(oneTo(10).slice(1))
      const page = await storage.read.messages.page(chat.scope, chat.conversation.id, { limit: 100 })
      expect(numbersOf(page)).toEqual(oneTo(10))
      expect(page.map(({ seq }) => seq)).toEqual(oneTo(10))
      expect(late).toEqual([])
    })
  }

  describe('that lasts longer than anybody waits', { timeout: 30_000 }, () => {
    /** Sends while nothing can be committed for certain. @returns the message's id */
    async function sendInVain(chat: Chat, data: object): Promise<string> {
      const id = newId()
      await breakWith(data, 'alwaysOn')
      const sending = storage.transactions.run(chat.scope, (tx) => sendAs(tx, chat, id))
      await expect(sending).rejects.toMatchObject({ code: 'storage_unavailable' })
      expect(late).toEqual([])
      return id
    }
    const sendAs = (tx: StorageTx, { scope, ana, conversation }: Chat, id: string) =>
      sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id, id })

    test('Y1: what was done after all is told, once, though nobody writes again', async () => {
      const chat = await makeChat(storage)
      await send(storage, chat)
      const id = await sendInVain(chat, MISHAPS['the commit is done, but its majority is not heard of'])
      await breakWith({ failCommands: [] }, 'off')
      await expect.poll(() => late, { timeout: 10_000 }).not.toEqual([])
      expect(late).toMatchObject([[{ id, seq: 2, prev: 1, data: { number: 2 } }]])
      expect(await send(storage, chat)).toMatchObject({ seq: 3, prev: 2, data: { number: 3 } })
      expect(late).toHaveLength(1)
    })

    test('Y2: what was done after all is told before anything later is', async () => {
      const chat = await makeChat(storage)
      const id = await sendInVain(chat, MISHAPS['the commit is done, but its majority is not heard of'])
      await breakWith({ failCommands: [] }, 'off')
      const told = send(storage, chat).then(() => late)
      expect(await told).toMatchObject([[{ id, seq: 1, prev: 0 }]])
    })

    test('Y1: what was never done is not told, also not later', async () => {
      const chat = await makeChat(storage)
      await send(storage, chat)
      const id = await sendInVain(chat, MISHAPS['the connection breaks at the commit'])
      await breakWith({ failCommands: [] }, 'off')
      expect(await send(storage, chat)).toMatchObject({ seq: 2, prev: 1, data: { number: 2 } })
      expect(await storage.read.messages.get(chat.scope, id)).toBeNull()
      expect(late).toEqual([])
    })

    test('Y2: where another process has written since, it is said that something may be missing', async () => {
      const chat = await makeChat(storage)
      await sendInVain(chat, MISHAPS['the commit is done, but its majority is not heard of'])
      const counters = admin.db('parley').collection<{ _id: string }>('counters')
      await counters.updateOne({ _id: chat.scope }, { $inc: { version: 1 }, $set: { commit: 'another' } })
      await breakWith({ failCommands: [] }, 'off')
      await expect.poll(() => late, { timeout: 10_000 }).toEqual([null])
      expect(await send(storage, chat)).toMatchObject({ seq: 2, prev: 1 })
    })
  })
})
