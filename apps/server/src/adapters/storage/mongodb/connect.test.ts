import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMongod, startMongoReplicaSet } from '../../../../../../scripts/services.mjs'
import { newId } from '../../../kernel/ids.ts'
import { orgScope } from '../../../kernel/org-scope.ts'
import { StartupError } from '../../../kernel/startup-error.ts'
import { prepareMongod, type MongodProcess } from './mongod-process.ts'
import { orSkipLoudly, testServer, type TestServer } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

const mongod = orSkipLoudly(await findMongod())

const refused = (url: string) => expect(openMongoStorage({ url })).rejects

test('an address that is none is refused by the name of its setting, without its password', async () => {
  await refused('mongodb://ana:secret@db:notaport/parley').toThrow(/^PARLEY_STORAGE is not a MongoDB address/)
  await refused('mongodb://ana:secret@db:notaport/parley').not.toThrow(/secret/)
})

test('a server that cannot be reached is named, without the password', async () => {
  const url = 'mongodb://ana:secret@127.0.0.1:9/parley?replicaSet=rs0'
  const error: unknown = await openMongoStorage({ url }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StartupError)
  expect(String(error)).toMatch(/cannot be reached at 127\.0\.0\.1:9, which PARLEY_STORAGE names/)
  expect(String(error)).not.toMatch(/secret/)
}, 15_000)

describe.skipIf(!mongod)('a server without a replica set', () => {
  let standalone: MongodProcess
  let uninitiated: MongodProcess

  beforeAll(async () => {
    standalone = await prepareMongod(mongod ?? '', { replicaSet: false })
    uninitiated = await prepareMongod(mongod ?? '', { replicaSet: true })
    await Promise.all([standalone.start(), uninitiated.start()])
  })
  afterAll(() => Promise.all([standalone.destroy(), uninitiated.destroy()]))

  test('T10: a standalone server is refused with the way to a replica set', async () => {
    const url = `mongodb://${standalone.host}/parley`
    await refused(url).toThrow(/standalone[^]*--replSet rs0[^]*rs\.initiate/)
    await refused(`mongodb://${standalone.host}/parley?replicaSet=rs0`).toThrow(/standalone[^]*rs\.initiate/)
  }, 15_000)

  test('T10: a server whose replica set was never made is told apart', async () => {
    await refused(`mongodb://${uninitiated.host}/?directConnection=true`).toThrow(
      /never made one[^]*rs\.initiate/,
    )
    await refused(`mongodb://${uninitiated.host}/?replicaSet=away`).toThrow(/never made one[^]*rs\.initiate/)
  }, 15_000)
})

describe.skipIf(!mongod)('versions of the database', () => {
  let server: TestServer | undefined

  beforeAll(async () => {
    server = testServer(await startMongoReplicaSet())
  })
  afterAll(() => server?.stop())

  test('T8: two processes that start at once both open a new database', async () => {
    const url = server?.databaseUrl() ?? ''
    const both = await Promise.all([openMongoStorage({ url }), openMongoStorage({ url })])
    for (const storage of both) {
      expect(await storage.read.organisations.get(orgScope(newId()))).toBeNull()
      await storage.close()
    }
  })

  test('T8: a database of a newer program is refused and left alone', async () => {
    const url = server?.databaseUrl() ?? ''
    await (await openMongoStorage({ url })).close()
    const client = new MongoClient(url)
    const meta = client.db().collection<{ _id: string; version: number }>('meta')
    await meta.updateOne({ _id: 'schema' }, { $set: { version: 999 } })
    await refused(url).toThrow(/newer Parley/)
    expect((await meta.findOne())?.version).toBe(999)
    await client.close()
  })
})
