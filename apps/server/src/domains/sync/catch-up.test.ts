import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { raiseMarks } from '../conversations/raise-marks.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { createDepartment } from '../departments/create-department.ts'
import { changeOwnProfile } from '../members/change-own-profile.ts'
import { sendMessage } from '../messages/send-message.ts'
import { membersOf } from './audiences-of.ts'
import { catchUp, catchUpIfBrief, load, loadAudience, type SyncRead } from './catch-up.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let conversationId: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  conversationId = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
})

afterEach(() => office.close())

const say = (actor: Actor, text: string) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId, text }, TEST_NOW))
const since = async (actor: Actor, cursor: number, limit = 100, read: SyncRead = office.storage.read) => {
  const caughtUp = await catchUp(read, actor, cursor, limit)
  if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
  return caughtUp
}

describe('catching up', () => {
  test('Y2: tells what happened since the cursor, in order of seq, messages and marks merged in', async () => {
    const { cursor } = await load(office.storage.read, mei)
    await say(amina, 'one')
    await office.run((tx) => changeOwnProfile(tx, amina, { statusText: 'busy' }))
    await office.run((tx) => raiseMarks(tx, mei, [{ conversationId, delivered: 1, seen: 0 }], TEST_NOW))
    await say(amina, 'two')
    const { changes, more } = await since(mei, cursor)
    expect(changes.map(({ kind }) => kind)).toEqual(['message', 'member', 'mark', 'message'])
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map(({ seq }) => seq).sort((a, b) => a - b))
    expect(more).toBe(false)
  })

  test('goes page by page without leaving anything out', async () => {
    const { cursor } = await load(office.storage.read, mei)
    for (let line = 1; line <= 25; line += 1) await say(amina, `line ${String(line)}`)
    const numbers: number[] = []
    for (let at = cursor, more = true; more;) {
      const page = await since(mei, at, 7)
      numbers.push(
        ...page.changes.map((change) => (change.kind === 'message' ? (change.data?.number ?? 0) : 0)),
      )
      at = page.cursor
      more = page.more
    }
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  })

  test('passes over nothing that is committed while it reads', async () => {
    const { cursor } = await load(office.storage.read, mei)
    const { read } = office.storage
    const slow: SyncRead = {
      ...read,
      changes: {
        head: (scope) => read.changes.head(scope),
        floor: (scope) => read.changes.floor(scope),
        heads: (scope, audiences) => read.changes.heads(scope, audiences),
        entriesOf: (...given) => read.changes.entriesOf(...given),
        purgesAfter: (...given) => read.changes.purgesAfter(...given),
        async entriesSince(...given) {
          const entries = await read.changes.entriesSince(...given)
          await office.run((tx) => createDepartment(tx, office.scope, 'Night desk'))
          await say(amina, 'meanwhile')
          return entries
        },
      },
    }
    await say(amina, 'before')
    const first = await since(mei, cursor, 100, slow)
    const second = await since(mei, first.cursor)
    const kinds = [...first.changes, ...second.changes].map(({ kind }) => kind)
    expect(kinds).toEqual(['message', 'department', 'message'])
  })

  test('Y8: of an entity that changed often it tells the newest state, once', async () => {
    const { cursor } = await load(office.storage.read, mei)
    for (const statusText of ['a', 'b', 'c']) {
      await office.run((tx) => changeOwnProfile(tx, amina, { statusText }))
    }
    const { changes } = await since(mei, cursor)
    expect(changes.map(({ data }) => (data as { statusText?: string }).statusText)).toEqual(['c'])
  })

  test('T6: what was missed is told at once when it is little, and left to another thread when it is much', async () => {
    const { cursor } = await load(office.storage.read, mei)
    const briefly = (limit: number) => catchUpIfBrief(office.storage.read, mei, cursor, limit)
    await say(amina, 'one')
    expect(await briefly(500)).toEqual(await since(mei, cursor, 500))
    for (let line = 0; line < 110; line += 1) await say(amina, 'more')
    expect(await briefly(500)).toBeNull()
    expect(await briefly(20)).toEqual(await since(mei, cursor, 20))
    expect(await catchUpIfBrief(office.storage.read, mei, cursor + 1_000, 10)).toEqual({
      outcome: 'load-again',
    })
  })

  test('Y8: a cursor that cannot be continued is told to load again', async () => {
    const { cursor } = await load(office.storage.read, mei)
    expect(await catchUp(office.storage.read, mei, cursor + 1_000, 10)).toEqual({ outcome: 'load-again' })
    await office.run((tx) => tx.changes.forgetBefore(office.scope, cursor))
    expect(await catchUp(office.storage.read, mei, 0, 10)).toEqual({ outcome: 'load-again' })
  })
})

describe('A7, Y9: who sees what', () => {
  test('a third member hears nothing of a conversation, live, caught up or loaded', async () => {
    const { cursor } = await load(office.storage.read, luca)
    await say(amina, 'secret')
    expect((await since(luca, cursor)).changes).toEqual([])
    expect(JSON.stringify(await load(office.storage.read, luca))).not.toContain('secret')
    const audience = `conversation:${conversationId}`
    await expect(loadAudience(office.storage.read, luca, audience)).rejects.toMatchObject({
      code: 'not_found',
    })
    const hear = await membersOf(office.storage.read, office.scope, `conversation:${conversationId}`, 1)
    expect([...hear].sort()).toEqual([amina.memberId, mei.memberId].sort())
  })

  test('only admins load accounts and the organisation’s particulars', async () => {
    const kindsFor = async (actor: Actor) =>
      new Set((await load(office.storage.read, actor)).changes.map(({ kind }) => kind))
    expect(await kindsFor(amina)).toContain('account')
    const seen = await kindsFor(mei)
    expect(seen).not.toContain('account')
    expect(seen).not.toContain('organisation-details')
  })

  test('A2: rights are those that stand beside what is read, not those of the moment of asking', async () => {
    const { changes } = await load(office.storage.read, { ...mei, role: 'admin' })
    expect(changes.map(({ kind }) => kind)).not.toContain('account')
    await office.run((tx) => tx.members.update(office.scope, mei.memberId, { state: 'deactivated' }))
    const refusal = { code: 'member_deactivated' }
    await expect(load(office.storage.read, mei)).rejects.toMatchObject(refusal)
    await expect(catchUp(office.storage.read, mei, 0, 10)).rejects.toMatchObject(refusal)
    await expect(loadAudience(office.storage.read, mei, 'org')).rejects.toMatchObject(refusal)
    const nobody = { ...mei, memberId: newId() }
    await expect(load(office.storage.read, nobody)).rejects.toMatchObject({ code: 'not_signed_in' })
  })

  test('a gained conversation is loaded whole', async () => {
    await say(amina, 'hello')
    const { changes } = await loadAudience(office.storage.read, mei, `conversation:${conversationId}`)
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['conversation', 'mark', 'mark', 'message'])
  })
})
