import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMongod, startMongoReplicaSet } from '../../../../../../scripts/services.mjs'
import { makeChat, send } from '../contract/contract-fixture.ts'
import { orSkipLoudly, testServer, type TestServer } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

const mongod = orSkipLoudly(await findMongod())

describe.skipIf(!mongod)('a database from before there were groups', () => {
  let server: TestServer
  beforeAll(async () => {
    server = testServer(await startMongoReplicaSet())
  })
  afterAll(() => server.stop())

  test('T8: reads as it did, and goes on', async () => {
    const url = server.databaseUrl()
    const before = await openMongoStorage({ url })
    const chat = await makeChat(before)
    await send(before, chat, 'from before')
    await before.close()
    await forgetGroups(url)
    const storage = await openMongoStorage({ url })
    const { scope, ana, conversation } = chat
    const { conversations, messages } = storage.read
    expect(await conversations.get(scope, conversation.id)).toEqual(conversation)
    expect(await conversations.idsOf(scope, ana.id)).toEqual([conversation.id])
    const mark = { seen: 1, quiet: 0, from: 1, kept: null }
    expect(await conversations.mark(scope, conversation.id, ana.id)).toMatchObject(mark)
    expect(await conversations.seenByAllFrom(scope, conversation.id)).toBe(1)
    await send(storage, chat, 'from now')
    expect(await messages.page(scope, conversation.id, { limit: 10 })).toMatchObject([
      { number: 1, text: 'from before', notice: null, quiet: 0 },
      { number: 2, text: 'from now', notice: null, quiet: 0 },
    ])
    await storage.close()
  })
})

/** Makes a database what the first version left. */
async function forgetGroups(url: string): Promise<void> {
  const client = new MongoClient(url)
  const db = client.db()
  const unset = (...fields: string[]) => [{ $unset: fields }]
  await db.collection('conversations').updateMany({}, unset('group', 'newestJoin', 'seenByAllFrom'))
  const marks = ['quiet', 'deliveredAt', 'seenAt', 'from', 'joinedSeq', 'kept']
  await db.collection('marks').updateMany({}, unset(...marks))
  await db.collection('messages').updateMany({}, unset('notice', 'quiet'))
  await db.collection('reaches').drop()
  await db.collection('edits').drop()
  await db.collection('changes').dropIndex('org_1_audience_1_kind_1')
  await db
    .collection<{ _id: string; version: number }>('meta')
    .updateOne({ _id: 'schema' }, { $set: { version: 1 } })
  await client.close()
}
