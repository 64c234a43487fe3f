import { MongoClient, type Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMongod, startMongoReplicaSet } from '../../../../../../scripts/services.mjs'
import { newId } from '../../../kernel/ids.ts'
import { orgScope, type OrgScope } from '../../../kernel/org-scope.ts'
import { noteActivity } from '../contract/activity.contract.ts'
import { aMember, anOrganisation, AT, oneTo, send, sendIn, write } from '../contract/contract-fixture.ts'
import { aPreference } from '../contract/chat-preferences.contract.ts'
import { aFile, aLink } from '../contract/files.contract.ts'
import { aFingerprint, anImport } from '../contract/imports.contract.ts'
import { anInvite } from '../contract/invites.contract.ts'
import { aChoice, aPush } from '../contract/pushes.contract.ts'
import { aSession } from '../contract/sessions.contract.ts'
import { takeInMessages } from '../../../domains/search/take-in-messages.ts'
import type { Storage, StorageReader, StorageTx } from '../contract/storage.ts'
import { aNote, everythingOf, makeTwin, twinIds, type TwinIds } from '../contract/twin-organisations.ts'
import { orSkipLoudly, testServer, type TestServer } from './mongo-fixture.ts'
import { openMongoStorage } from './open-mongo-storage.ts'

const mongod = orSkipLoudly(await findMongod())

/** Remembers which methods were called, so that a method which joins the port later must join this test. */
function watched<T extends object>(stores: T, called: Set<string>): T {
  const methods = new Proxy(stores, {
    get: (target, store: string) =>
      new Proxy(Reflect.get(target, store) as object, {
        get: (of, method: string) => {
          called.add(`${store}.${method}`)
          const found: unknown = Reflect.get(of, method)
          return typeof found === 'function' ? (found.bind(of) as unknown) : found
        },
      }),
  })
  return methods
}

/** The methods of a port's stores, inherited ones included. */
function methodsOf(stores: object): string[] {
  return Object.entries(stores).flatMap(([store, object]) => {
    const names = new Set<string>()
    for (let of: unknown = object; of !== Object.prototype; of = Object.getPrototypeOf(of)) {
      for (const name of Object.getOwnPropertyNames(of))
        if (name !== 'constructor') names.add(`${store}.${name}`)
    }
    return [...names]
  })
}

describe.skipIf(!mongod)('query plans', () => {
  let server: TestServer
  let client: MongoClient
  let db: Db
  let url: string
  const ids = twinIds()
  let scope: OrgScope

  beforeAll(async () => {
    server = testServer(await startMongoReplicaSet())
    url = server.databaseUrl()
    const storage = await openMongoStorage({ url })
    scope = await fill(storage, ids)
    await storage.close()
    client = new MongoClient(url)
    db = client.db()
    await db.command({ profile: 2 })
  })
  afterAll(async () => {
    await client.close()
    await server.stop()
  })

  /** Opened anew, so that nothing comes from a cache. */
  async function withFreshStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
    const storage = await openMongoStorage({ url })
    await work(storage).finally(() => storage.close())
  }

  test('T7: every method of the port is reached by the statements below', async () => {
    const called = new Set<string>()
    const existing = new Set<string>()
    await withFreshStorage(async (storage) => {
      const read = watched<StorageReader>(storage.read, called)
      await everythingOf({ ...storage, read }, scope, ids)
      await storage.locator.findEverywhere(`${ids.ana}@twin.org`, 5)
      await storage.organisations.idsAfter(null, 1)
      await searchEverywhere(storage, scope, ids)
      for (const method of methodsOf(storage.read)) existing.add(method)
    })
    const other = orgScope(newId())
    await withFreshStorage(async ({ transactions }) => {
      await transactions.run(other, (tx) =>
        watched(tx, called).organisations.insert(other, anOrganisation(other)),
      )
    })
    for (const change of writes(scope, ids)) {
      await withFreshStorage(async ({ transactions }) => {
        await transactions.run(scope, (tx) => change(watched<StorageTx>(tx, called)))
        await transactions.run(scope, async (tx) => {
          for (const method of methodsOf(tx)) existing.add(method)
        })
      })
    }
    expect([...existing].filter((method) => !called.has(method))).toEqual([])
  }, 30_000)

  test('T7: no statement scans a collection, or looks at much more than it hands out', async () => {
    const statements = await db
      .collection('system.profile')
      .find({ ns: { $not: /system\.profile|\.meta$|\$cmd/ }, op: { $nin: ['insert', 'killcursors'] } })
      .toArray()
    expect(statements.length).toBeGreaterThan(50)
    expect(statements.filter(scans).map(shapeOf)).toEqual([])
    expect(statements.filter(wastes).map(shapeOf)).toEqual([])
  })
})

/** Takes everything in and looks for it, as nobody else does. */
async function searchEverywhere(storage: Storage, scope: OrgScope, ids: TwinIds): Promise<void> {
  const { search } = storage
  await storage.searchBehind()
  while ((await takeInMessages({ ...storage.read, search }, scope)).more);
  const wanted = { conversationIds: [ids.conversation], after: 0, before: AT * 2, below: 1_000, limit: 20 }
  const { messages } = await search.look(scope, { ...wanted, tokens: [['fir'], ['irs', 'xxx'], ['rst']] })
  expect(messages).toHaveLength(1)
  await search.put(scope, {
    entries: [],
    gone: messages.map(asGone),
    emptied: [],
    upTo: 1,
    whole: true,
    version: 0,
  })
  await search.clear()
  await search.position(scope, 1)
}

const asGone = ({ id, conversationId, seq }: { id: string; conversationId: string; seq: number }) => ({
  messageId: id,
  conversationId,
  seq,
})

const scans = ({ planSummary }: Record<string, unknown>): boolean => /COLLSCAN/.test(String(planSummary))

function wastes({ docsExamined, nreturned, nModified, ndeleted }: Record<string, unknown>): boolean {
  return Number(docsExamined ?? 0) > Number(nreturned ?? nModified ?? ndeleted ?? 1) + 5
}

function shapeOf({ ns, op, planSummary, docsExamined, nreturned, command }: Record<string, unknown>): string {
  const filter: unknown = Reflect.get(command ?? {}, 'filter')
  return JSON.stringify({ ns, op, planSummary, docsExamined, nreturned, filter })
}

/** Two organisations of which one is large enough for a scan to show. */
async function fill(storage: Storage, ids: TwinIds): Promise<OrgScope> {
  const chat = await makeTwin(storage, ids, 'first')
  await makeTwin(storage, ids, 'second')
  const { scope } = chat
  await write(storage, scope, async (tx) => {
    for (const index of oneTo(100)) {
      await tx.sessions.insert(scope, aSession(newId(), { createdAt: AT + index, expiresAt: AT * 3 }))
      await tx.members.insert(scope, aMember())
      const push = aPush(newId(), { queuedAt: AT + index, at: AT + index })
      await tx.pushes.insert(scope, index % 2 ? push : { ...push, state: 'accepted' })
      const conversation = {
        id: newId(),
        kind: 'direct',
        memberIds: [newId(), newId()],
        group: null,
      } as const
      await tx.conversations.insert(scope, { ...conversation, createdBy: ids.ana, createdAt: AT })
      await sendIn(tx, scope, { conversationId: conversation.id, senderId: conversation.memberIds[0] })
      await tx.changes.append(scope, { audience: 'admins', kind: 'account', id: newId(), data: null })
      const file = aFile({ links: 1, expiresAt: AT * 3 + index, key: { keyId: 'b2', wrapped: '' } })
      await tx.files.insert(scope, file)
      await tx.files.link(scope, aLink({ fileId: file.id, conversationId: conversation.id, seq: index }))
      await noteActivity(tx, scope, ids.department)
    }
  })
  for (const round of oneTo(3)) await Promise.all(oneTo(50).map(() => send(storage, chat, String(round))))
  return scope
}

/** Every write, each for a transaction of its own. */
function writes(scope: OrgScope, ids: TwinIds): ((tx: StorageTx) => Promise<unknown>)[] {
  const { ana, ben, conversation: conversationId } = ids
  return [
    (tx) => tx.organisations.update(scope, { name: 'Changed' }),
    (tx) => tx.departments.insert(scope, { id: newId(), name: 'New' }),
    (tx) => tx.departments.rename(scope, ids.department, 'Changed'),
    (tx) => tx.members.insert(scope, aMember()),
    (tx) => tx.members.update(scope, ana, { name: 'Changed', emailKey: 'changed@example.org' }),
    (tx) => tx.members.setPicture(scope, ana, 'v2', new Uint8Array([1])),
    (tx) => tx.members.setLastSeen(scope, new Map([[ana, AT]])),
    (tx) => tx.sessions.insert(scope, aSession(ana)),
    (tx) => tx.sessions.update(scope, ids.session, { endedAt: AT }),
    (tx) => tx.sessions.putPasswordReset(scope, { memberId: ana, tokenHash: 'new', expiresAt: AT }),
    (tx) => tx.invites.insert(scope, anInvite(ana)),
    (tx) => tx.pushes.setFollowed(scope, 3),
    (tx) => tx.pushes.insert(scope, aPush(ana)),
    (tx) => tx.pushes.update(scope, ids.push, { attempts: 1 }),
    (tx) => tx.pushes.hurry(scope, ana, 1),
    (tx) => tx.pushes.removeEndedBefore(scope, 5),
    (tx) => tx.pushes.remove(scope, ids.push),
    (tx) => tx.notificationSettings.put(scope, ana, aChoice),
    (tx) => tx.invites.update(scope, ids.invite, { state: 'revoked' }),
    (tx) =>
      tx.conversations.insert(scope, {
        id: newId(),
        kind: 'direct',
        memberIds: [ana, newId()],
        createdBy: ana,
        createdAt: AT,
        group: null,
      }),
    (tx) =>
      tx.conversations.raiseMark(scope, {
        conversationId,
        memberId: ben,
        delivered: 9,
        seen: 9,
        seq: 9,
        at: AT,
      }),
    (tx) => sendIn(tx, scope, { conversationId, senderId: ana }),
    (tx) => tx.conversations.updateGroup(scope, conversationId, { name: 'New' }),
    (tx) =>
      tx.conversations.addParticipants(scope, conversationId, [newId()], {
        from: 1,
        joinedSeq: 9,
        delivered: 1,
        seen: 1,
        quiet: 0,
      }),
    (tx) => tx.conversations.setPicture(scope, conversationId, 'v2', new Uint8Array([1])),
    (tx) => tx.messages.addMention(scope, conversationId, ben, 9),
    (tx) => tx.messages.removeMention(scope, conversationId, ben, 9),
    (tx) => tx.conversations.setReach(scope, conversationId, { delivered: 1, seen: 1 }),
    (tx) => tx.conversations.removeParticipant(scope, conversationId, ben, { until: 1, name: 'Harbour' }),
    (tx) =>
      tx.messages.insert(scope, {
        id: newId(),
        conversationId,
        senderId: ana,
        text: '',
        notice: null,
        sentAt: AT,
        seq: 999,
      }),
    (tx) => tx.messages.earlier(scope, ids.message),
    (tx) => tx.messages.keepEdit(scope, { messageId: ids.message, seq: 999, text: '', at: AT }),
    (tx) => tx.messages.revise(scope, ids.message, { seq: 999, text: '', extras: {} }),
    (tx) => tx.messages.forgetEdits(scope, ids.message),
    (tx) => tx.conversations.setDisappearing(scope, conversationId, 86_400),
    (tx) => tx.conversations.setPins(scope, conversationId, []),
    (tx) => tx.messages.expired(scope, AT * 2, 10),
    (tx) =>
      tx.reactions.put(scope, {
        messageId: ids.message,
        conversationId,
        number: 1,
        memberId: ana,
        emojis: ['x'],
        at: AT,
        seq: 999,
      }),
    (tx) => tx.reactions.forgetTo(scope, [ids.message]),
    (tx) => tx.ownMessages.put(scope, aNote(ids, { memberId: ana })),
    (tx) => tx.ownMessages.remove(scope, ana, ids.message),
    (tx) => tx.chatPreferences.put(scope, aPreference(ana, conversationId, { pinned: true })),
    (tx) => tx.chatPreferences.putSettings(scope, { memberId: ana, archivedReturn: true }),
    (tx) => tx.chatPreferences.remove(scope, ana, conversationId),
    (tx) => tx.files.insert(scope, aFile()),
    (tx) => tx.files.update(scope, ids.file, { name: 'Changed' }),
    (tx) => tx.files.addUsedBytes(scope, 5),
    (tx) => tx.files.link(scope, aLink({ fileId: ids.file, conversationId, number: 2, seq: 9 })),
    (tx) => tx.files.unlinkMessage(scope, conversationId, 2),
    (tx) => tx.files.queueRemoval(scope, { fileId: ids.file, part: 'preview' }),
    (tx) => tx.files.forgetRemoval(scope, { fileId: ids.file, part: 'preview' }),
    (tx) => tx.changes.append(scope, { audience: 'org', kind: 'department', id: newId(), data: null }),
    async (tx) =>
      tx.messages.remove(
        scope,
        conversationId,
        await tx.messages.pageFrom(scope, conversationId, { from: 1, until: Infinity, limit: 5 }),
      ),
    (tx) => tx.conversations.setPurged(scope, conversationId, []),
    (tx) => tx.imports.insert(scope, anImport(conversationId, ana)),
    (tx) => tx.imports.update(scope, ids.import, { done: 1 }),
    (tx) =>
      tx.imports.takeDown(scope, [
        { conversationId, importId: ids.import, number: 77, fingerprint: aFingerprint(77) },
      ]),
    (tx) => tx.imports.forget(scope, ids.import, [77]),
    (tx) => noteActivity(tx, scope, ids.department),
    (tx) => tx.changes.forget(scope, 'org', 'department', [newId(), newId()]),
    (tx) => tx.changes.forgetBefore(scope, 150),
    (tx) => tx.sessions.removePasswordReset(scope, ana),
    (tx) => tx.sessions.removeEndedBefore(scope, AT * 2),
    (tx) => tx.files.remove(scope, ids.file),
    (tx) => tx.members.removePicture(scope, ana),
    (tx) => tx.conversations.removePicture(scope, conversationId),
    (tx) => tx.departments.remove(scope, ids.department),
    async (tx) => {
      await tx.departments.insert(scope, { id: newId(), name: 'Together with every read' })
      await everythingOf({ read: tx } as unknown as Storage, scope, ids)
    },
  ]
}
