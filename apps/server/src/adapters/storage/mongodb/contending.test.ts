import { setTimeout as wait } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMongod, startMongoReplicaSet } from '../../../../../../scripts/services.mjs'
import { newId } from '../../../kernel/ids.ts'
import {
  AT,
  makeChat,
  makeConversation,
  makeMember,
  numbersOf,
  oneTo,
  send,
  sendIn,
  write,
  type Chat,
} from '../contract/contract-fixture.ts'
import { aSession } from '../contract/sessions.contract.ts'
import type { Storage } from '../contract/storage.ts'
import { orSkipLoudly, testServer, type TestServer } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

const mongod = orSkipLoudly(await findMongod())

describe.skipIf(!mongod)('two processes on one database', () => {
  let server: TestServer
  let here: Storage
  let there: Storage
  let url: string

  beforeAll(async () => {
    server = testServer(await startMongoReplicaSet())
    url = server.databaseUrl()
    here = await openMongoStorage({ url })
    there = await openMongoStorage({ url })
  })
  afterAll(async () => {
    await here.close()
    await there.close()
    await server.stop()
  })

  test('T3, T11: both send at once, and every number and seq is given once, without gaps', async () => {
    const chat = await makeChat(here)
    const sendMany = async (storage: Storage) => {
      for (const round of oneTo(10))
        await Promise.all(oneTo(10).map(() => send(storage, chat, String(round))))
    }
    await Promise.all([sendMany(here), sendMany(there)])
    const page = await here.read.messages.page(chat.scope, chat.conversation.id, { limit: 500 })
    expect(numbersOf(page)).toEqual(oneTo(200))
    expect(page.map(({ seq }) => seq)).toEqual(oneTo(200))
    for (const { read } of [here, there]) {
      expect(await read.changes.head(chat.scope)).toBe(200)
      expect(await read.conversations.lastNumber(chat.scope, chat.conversation.id)).toBe(200)
    }
  })

  test('T11: neither process keeps the other from its turn', async () => {
    const chat = await makeChat(here)
    let running = true
    const counts = [0, 0]
    const sendOn = async (storage: Storage, index: 0 | 1) => {
      while (running) {
        await Promise.all(oneTo(8).map(() => send(storage, chat)))
        counts[index] = (counts[index] ?? 0) + 8
      }
    }
    const both = Promise.all([sendOn(here, 0), sendOn(there, 1)])
    await wait(1500)
    running = false
    await both
    const [fewer = 0, more = 0] = counts.toSorted((a, b) => a - b)
    expect(fewer).toBeGreaterThan(more / 5)
  })

  test('T11: a process that was killed in the middle of a commit blocks nobody for long', async () => {
    const chat = await makeChat(here)
    const killed = new MongoClient(url, { appName: 'parley' })
    const session = killed.startSession()
    session.startTransaction()
    const counters = killed.db().collection<{ _id: string }>('counters')
    await counters.updateOne({ _id: chat.scope }, { $set: { left: true } }, { session })
    const startedAt = performance.now()
    expect((await send(here, chat)).data?.number).toBe(1)
    expect(performance.now() - startedAt).toBeLessThan(5000)
    await session.endSession()
    await killed.close()
  })

  test('Y2: prev names the change before, whoever committed it', async () => {
    const chat = await makeChat(here)
    const seqs: (readonly [number, number])[] = []
    for (const index of oneTo(10)) {
      const { prev, seq } = await send(index % 2 ? here : there, chat)
      seqs.push([prev, seq])
    }
    expect(seqs).toEqual(oneTo(10).map((seq) => [seq - 1, seq]))
  })

  test('T3: reading and then writing loses no update of the other process', async () => {
    const { scope } = await makeChat(here)
    const id = newId()
    await write(here, scope, (tx) => tx.departments.insert(scope, { id, name: '0' }))
    const increment = (storage: Storage) =>
      write(storage, scope, async (tx) => {
        const before = Number((await tx.departments.get(scope, id))?.name)
        await tx.departments.rename(scope, id, String(before + 1))
      })
    await Promise.all(oneTo(60).map((index) => increment(index % 2 ? here : there)))
    // In a transaction, because a plain read may be half a second old.
    const last = await write(there, scope, (tx) => tx.departments.get(scope, id))
    expect(last?.name).toBe('60')
  })

  test('T3: of two who take one e-mail or one pair at once one gets it', async () => {
    const { scope, ana } = await makeChat(here)
    const emailKey = `${newId()}@example.org`
    const taken = await Promise.allSettled(
      [here, there].map((storage) => makeMember(storage, scope, { emailKey })),
    )
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(taken.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'email_taken',
    })
    const other = await makeMember(here, scope)
    const start = (storage: Storage) =>
      write(storage, scope, async (tx) => {
        const existing = await tx.conversations.findDirect(scope, ana.id, other.id)
        if (existing) return existing.id
        const memberIds = [ana.id, other.id]
        const conversation = {
          id: newId(),
          kind: 'direct',
          memberIds,
          createdBy: ana.id,
          createdAt: AT,
          group: null,
        } as const
        await tx.conversations.insert(scope, conversation)
        return conversation.id
      })
    const [first, second] = await Promise.all([start(here), start(there)])
    expect(first).toBe(second)
  })

  test('T3: a refusal that rests on something old is not given', async () => {
    const { scope, ana, ben } = await makeChat(here)
    await there.read.members.list(scope)
    await write(here, scope, (tx) => tx.members.update(scope, ben.id, { role: 'admin' }))
    const demote = write(there, scope, async (tx) => {
      if ((await tx.members.countActiveAdmins(scope)) === 0) throw new Error('no admin')
      await tx.members.update(scope, ana.id, { statusText: 'seen' })
    })
    await expect(demote).resolves.toBeUndefined()
  })

  test('A2: what the other process changed is seen within a second', async () => {
    const { scope, ana } = await makeChat(here)
    const session = aSession(ana.id)
    await write(here, scope, (tx) => tx.sessions.insert(scope, session))
    expect((await there.read.sessions.get(scope, session.id))?.endedAt).toBeNull()
    expect((await there.read.members.get(scope, ana.id))?.state).toBe('active')
    await write(here, scope, async (tx) => {
      await tx.sessions.update(scope, session.id, { endedAt: AT })
      await tx.members.update(scope, ana.id, { state: 'deactivated' })
    })
    const seen = async () =>
      (await there.read.sessions.get(scope, session.id))?.endedAt === AT &&
      (await there.read.members.get(scope, ana.id))?.state === 'deactivated'
    // counted to where a read begins: how long it then takes is the machine's affair
    const written = performance.now()
    let [begun, arrived] = [written, false]
    while (!arrived && begun - written <= 1000) {
      begun = performance.now()
      arrived = await seen()
    }
    expect(arrived).toBe(true)
  })

  test('Y5: whoever has read a position in the feed reads nothing older afterwards', async () => {
    const chat = await makeChat(here)
    const { scope, ana } = chat
    await there.read.members.list(scope)
    for (const round of oneTo(20)) {
      const name = `name ${round}`
      await write(here, scope, async (tx) => {
        await tx.members.update(scope, ana.id, { name })
        await tx.changes.append(scope, { audience: 'org', kind: 'department', id: newId(), data: null })
      })
      const since = round - 1
      const entries = await there.read.changes.entriesSince(scope, ['org'], since, 10)
      expect(entries).toHaveLength(1)
      expect((await there.read.members.get(scope, ana.id))?.name).toBe(name)
    }
  })

  test('a member made by the other process is found at once', async () => {
    const { scope } = await makeChat(here)
    await there.read.members.list(scope)
    const made = await makeMember(here, scope)
    expect(await there.read.members.get(scope, made.id)).toEqual(made)
  })

  test('Y6: a message sent again is recognised, by either process, also among others', async () => {
    const chat = await makeChat(here)
    const id = newId()
    const first = await send(here, chat, 'Hello', id)
    const sendOnce = (storage: Storage, given: string, { scope, ana, conversation }: Chat) =>
      write(storage, scope, async (tx) => {
        const earlier = await tx.messages.earlier(scope, given)
        if (earlier) return earlier.seq
        return (await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id, id: given })).seq
      })
    expect(await sendOnce(here, id, chat)).toBe(first.seq)
    const seqs = await Promise.all([newId(), id, newId(), id].map((given) => sendOnce(there, given, chat)))
    expect(seqs).toEqual([2, 1, 3, 1])
    const reopened = await there.read.messages.page(chat.scope, chat.conversation.id, { limit: 10 })
    expect(numbersOf(reopened)).toEqual([1, 2, 3])
  })

  test('Y6: an id taken for new but never stored is looked up all the same', async () => {
    const chat = await makeChat(here)
    const id = newId()
    await send(here, chat, 'Hello', id)
    const exists = await write(
      there,
      chat.scope,
      async (tx) => (await tx.messages.earlier(chat.scope, id)) !== null,
    )
    expect(exists).toBe(true)
  })

  test('T4: a message id used twice without asking fails alone', async () => {
    const chat = await makeChat(here)
    const second = { ...chat, conversation: await makeConversation(here, chat.scope, [chat.ana.id]) }
    const id = newId()
    await send(here, chat, 'Hello', id)
    const outcomes = await Promise.allSettled([
      send(there, second),
      send(there, second, 'again', id),
      send(there, second),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await there.read.conversations.lastNumber(chat.scope, second.conversation.id)).toBe(2)
  })
})
