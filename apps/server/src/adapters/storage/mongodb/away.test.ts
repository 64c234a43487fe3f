import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMongod } from '../../../../../../scripts/services.mjs'
import { makeChat, oneTo, send } from '../contract/contract-fixture.ts'
import type { Storage } from '../contract/storage.ts'
import { prepareMongod, type MongodProcess } from './mongod-process.ts'
import { orSkipLoudly } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

const mongod = orSkipLoudly(await findMongod())

const AWAY = { code: 'storage_unavailable' }

describe.skipIf(!mongod)('a server that goes away', () => {
  let server: MongodProcess
  let storage: Storage

  beforeAll(async () => {
    server = await prepareMongod(mongod ?? '', { replicaSet: true })
    await server.start()
    await server.initiate()
    storage = await openMongoStorage({ url: `mongodb://${server.host}/parley?replicaSet=away` })
  })
  afterAll(async () => {
    await storage.close()
    await server.destroy()
  })

  test('T5: what was acknowledged survives kill -9; meanwhile calls fail fast, and afterwards everything goes on', async () => {
    const chat = await makeChat(storage)
    const acknowledged: number[] = []
    const sending = oneTo(200).map(async (index) => {
      await wait(index * 5)
      acknowledged.push((await send(storage, chat, String(index))).data?.number ?? 0)
    })
    const settled = Promise.allSettled(sending)
    await wait(400)
    await server.kill()
    const startedAt = performance.now()
    const outcomes = await settled
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(reason).toMatchObject(AWAY)
    await expect(storage.ping()).rejects.toMatchObject(AWAY)
    await expect(storage.read.messages.get(chat.scope, chat.ana.id)).rejects.toMatchObject(AWAY)
    const atOnce = performance.now()
    await expect(send(storage, chat)).rejects.toMatchObject(AWAY)
    expect(performance.now() - atOnce).toBeLessThan(1000)

    await server.start()
    const next = await recovered(() => send(storage, chat, 'back'))
    const page = await storage.read.messages.page(chat.scope, chat.conversation.id, { limit: 1000 })
    expect(page.map(({ number }) => number)).toEqual(oneTo(page.length))
    expect(page.map(({ number }) => number)).toEqual(expect.arrayContaining(acknowledged))
    expect(next.data?.number).toBe(page.length)
    await storage.ping()
  }, 40_000)

  test('T5: an election is bridged, and no message is lost or doubled', async () => {
    const chat = await makeChat(storage)
    await send(storage, chat)
    await server.stepDown()
    const sent = await Promise.all(oneTo(5).map(() => send(storage, chat)))
    expect(sent.map(({ data }) => data?.number)).toEqual([2, 3, 4, 5, 6])
  }, 20_000)
})

async function recovered<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 15_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await wait(100)
    }
  }
}
