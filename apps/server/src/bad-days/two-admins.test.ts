import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMongod, startMongoReplicaSet } from '../../../../scripts/services.mjs'
import type { Storage } from '../adapters/storage/contract/storage.ts'
import { orSkipLoudly, testServer, type TestServer } from '../adapters/storage/mongodb/mongo-fixture.ts'
import { openMongoStorage } from '../adapters/storage/mongodb/open-mongo-storage.ts'
import { openSqliteStorage } from '../adapters/storage/sqlite/open-sqlite-storage.ts'
import { createGroup } from '../domains/groups/create-group.ts'
import { leaveGroup } from '../domains/groups/leave-group.ts'
import { setGroupAdmin } from '../domains/groups/set-group-admin.ts'
import type { Actor } from '../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW } from '../testing/test-organisation.ts'

const ROUNDS = 10

/** @param open the storage, and a second process on it where the engine allows one */
function twoAdmins(open: () => Promise<readonly Storage[]>): void {
  let storages: readonly Storage[] = []
  beforeAll(async () => {
    storages = await open()
  })
  afterAll(() => Promise.all(storages.map((one) => one.close())))

  /** Each does it at the same instant, and in a process of their own if there are two. */
  async function both(act: (storage: Storage, actor: Actor, other: Actor, id: string) => Promise<unknown>) {
    const [here, there = here] = storages
    if (!here || !there) throw new Error('there is no storage')
    const { join, run, scope } = await openTestOrganisation(here)
    const [mei, luca, sara] = [await join('Mei'), await join('Luca'), await join('Sara')]
    const memberIds = [luca.memberId, sara.memberId]
    const given = { name: 'Harbour', description: '', memberIds }
    const ends: { readonly outcomes: string[]; readonly admins: number }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = await run((tx) => createGroup(tx, mei, given, TEST_NOW))
      const promoted = { memberId: luca.memberId, admin: true }
      await run((tx) => setGroupAdmin(tx, mei, id, promoted, TEST_NOW))
      const settled = await Promise.allSettled([act(here, mei, luca, id), act(there, luca, mei, id)])
      const group = (await here.read.conversations.get(scope, id))?.group
      const outcomes = settled.map(({ status }) => status).sort()
      ends.push({ outcomes, admins: group?.adminIds.length ?? 0 })
    }
    return ends
  }
  const always = (end: object) => Array.from({ length: ROUNDS }, () => end)

  test('T3: two admins who demote each other at the same instant leave one', async () => {
    const ends = await both(({ transactions }, actor, { memberId }, id) =>
      transactions.run(actor.scope, (tx) =>
        setGroupAdmin(tx, actor, id, { memberId, admin: false }, TEST_NOW),
      ),
    )
    expect(ends).toEqual(always({ outcomes: ['fulfilled', 'rejected'], admins: 1 }))
  })

  test('T3: two admins who leave at the same instant leave one behind them', async () => {
    const ends = await both(({ transactions }, actor, _other, id) =>
      transactions.run(actor.scope, (tx) => leaveGroup(tx, actor, id, TEST_NOW)),
    )
    expect(ends).toEqual(always({ outcomes: ['fulfilled', 'fulfilled'], admins: 1 }))
  })
}

describe('in the embedded database', () =>
  twoAdmins(async () => [await openSqliteStorage({ file: ':memory:' })]))

const mongod = orSkipLoudly(await findMongod())

describe.skipIf(!mongod)('in MongoDB, from two processes', () => {
  let server: TestServer | undefined
  afterAll(() => server?.stop())
  twoAdmins(async () => {
    server = testServer(await startMongoReplicaSet())
    const url = server.databaseUrl()
    return [await openMongoStorage({ url }), await openMongoStorage({ url })]
  })
})
