import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import type { SqliteStorage } from './adapters/storage/sqlite/sqlite-storage.ts'
import { startDirectConversation } from './domains/conversations/start-direct-conversation.ts'
import { sendMessage } from './domains/messages/send-message.ts'
import type { Actor } from './kernel/actor.ts'
import { newId } from './kernel/ids.ts'
import type { Encoding } from './kernel/long-reads.ts'
import { createLongReads, READ_WORKER } from './long-reads.ts'
import { decodeJson } from './platform/http/encode-json.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from './testing/test-organisation.ts'

let storage: SqliteStorage
let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let conversationId: string

beforeEach(async () => {
  const onCrash = (error: unknown) => {
    throw error
  }
  storage = openSqlite({ file: ':memory:', readThread: { program: READ_WORKER, onCrash } })
  office = await openTestOrganisation(storage)
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  for (let number = 0; number < 60; number += 1) {
    const { memberId } = await office.join(`Person${String(number)}`)
    const { id } = await office.run((tx) => startDirectConversation(tx, mei, memberId, TEST_NOW))
    await say(mei, id, `Hello ${String(number)}`)
  }
  conversationId = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
  for (let line = 0; line < 120; line += 1)
    await say(amina, conversationId, `Line ${String(line)} `.repeat(20))
})

afterEach(() => office.close())

const say = (actor: Actor, to: string, text: string) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId: to, text }, TEST_NOW))

const serverTime = TEST_NOW
type Asking = (
  reads: ReturnType<typeof createLongReads>,
  actor: Actor,
  encoding: Encoding | null,
) => Promise<unknown>
const questions: Readonly<Record<string, Asking>> = {
  load: async (reads, actor, encoding) =>
    decodeJson(await reads.answer('load', { actor, serverTime }, encoding)),
  catchUp: async (reads, actor, encoding) =>
    decodeJson(await reads.answer('catchUp', { actor, since: 5, limit: 1_000, serverTime }, encoding)),
  everybody: async (reads, actor, encoding) =>
    decodeJson(await reads.answer('loadAudience', { actor, audience: 'org', serverTime }, encoding)),
  admins: async (reads, actor, encoding) =>
    decodeJson(await reads.answer('loadAudience', { actor, audience: 'admins', serverTime }, encoding)),
}

const outcome = (answer: Promise<unknown>) =>
  answer.catch((error: unknown) => ({ refused: (error as { code?: unknown }).code }))

/** Asks everything, of the thread and in place, and holds the answers against each other. */
async function compare(actor: Actor, encoding: Encoding | null = null) {
  const thread = createLongReads(storage)
  const inPlace = createLongReads({ ...office.storage, read: storage.read, readsElsewhere: null })
  expect([thread.elsewhere, inPlace.elsewhere]).toEqual([true, false])
  const answers: Record<string, unknown> = {}
  for (const [name, ask] of Object.entries(questions)) {
    const before = storage.readsElsewhere?.answered ?? 0
    answers[name] = await outcome(ask(thread, actor, encoding))
    expect(storage.readsElsewhere?.answered).toBe(before + 1)
    expect(answers[name]).toEqual(await outcome(ask(inPlace, actor, encoding)))
  }
  return answers
}

describe('T6: the read thread answers as reading in place does', () => {
  test.each([null, 'br', 'gzip'] as const)('for admins and members, taken as %s', async (encoding) => {
    const admin = await compare(amina, encoding)
    expect(JSON.stringify(admin['load'])).toContain('"kind":"account"')
    const member = await compare(mei, encoding)
    expect(JSON.stringify(member['load'])).not.toContain('"kind":"account"')
    expect(member['load']).toMatchObject({ serverTime })
    expect(member['admins']).toEqual({ refused: 'not_found' })
  })

  test('A2, Y9: for who gained or lost a right, and for who was deactivated, from the next read on', async () => {
    await compare(luca)
    await office.run((tx) => tx.members.update(office.scope, luca.memberId, { role: 'admin' }))
    expect(JSON.stringify((await compare(luca))['admins'])).toContain('"kind":"account"')
    await office.run((tx) => tx.members.update(office.scope, luca.memberId, { role: 'member' }))
    expect((await compare({ ...luca, role: 'admin' }))['admins']).toEqual({ refused: 'not_found' })
    await office.run((tx) => startDirectConversation(tx, luca, mei.memberId, TEST_NOW))
    expect(JSON.stringify((await compare(luca))['load'])).toContain('"kind":"conversation"')
    await office.run((tx) => tx.members.update(office.scope, luca.memberId, { state: 'deactivated' }))
    expect((await compare(luca))['load']).toEqual({ refused: 'member_deactivated' })
  })
})

test('T6, Y3: a message that was acknowledged is in the next load, and the cursor reaches it', async () => {
  const reads = createLongReads(storage)
  for (let round = 0; round < 20; round += 1) {
    const sent = await say(mei, conversationId, `Round ${String(round)}`)
    const loaded = await questions['load']?.(reads, amina, null)
    expect(loaded).toMatchObject({ cursor: await storage.read.changes.head(office.scope) })
    expect(JSON.stringify(loaded)).toContain(sent.id)
  }
})

test('T6: whoever asks for much waits behind themselves, and so does an organisation', async () => {
  const elsewhere = await openTestOrganisation(storage)
  const luis = await elsewhere.join('Luis')
  const reads = createLongReads(storage)
  const answered: string[] = []
  const load = async (name: string, actor: Actor) => {
    await questions['load']?.(reads, actor, null)
    answered.push(name)
  }
  const many = Array.from({ length: 20 }, () => load('Amina', amina))
  await Promise.all([...many, load('Mei', mei), load('Luis', luis)])
  expect(answered).toHaveLength(22)
  for (const name of ['Mei', 'Luis']) expect([name, answered.indexOf(name) < 4]).toEqual([name, true])
})
