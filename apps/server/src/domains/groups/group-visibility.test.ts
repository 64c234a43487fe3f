import { unreadCount } from '@parley/contracts/conversations/unread'
import type { Mentions } from '@parley/contracts/messages/mentions'
import type { Change } from '@parley/contracts/sync/change'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { requireHistory } from '../conversations/conversation-access.ts'
import { raiseMarks } from '../conversations/raise-marks.ts'
import { editMessage } from '../messages/edit-message.ts'
import { messagesAsKept } from '../messages/message-as-kept.ts'
import { pinMessage } from '../messages/pin-message.ts'
import { sendMessage } from '../messages/send-message.ts'
import { setDisappearing } from '../messages/set-disappearing.ts'
import { membersOf } from '../sync/audiences-of.ts'
import { catchUp, load, loadAudience } from '../sync/catch-up.ts'
import { addToGroup } from './add-to-group.ts'
import { changeGroup } from './change-group.ts'
import { createGroup } from './create-group.ts'
import { removeFromGroup } from './remove-from-group.ts'
import { setGroupAdmin } from './set-group-admin.ts'
import { setGroupPicture } from './set-group-picture.ts'

let office: TestOrganisation
let mei: Actor
let luca: Actor
let sara: Actor
let id: string

beforeEach(async () => {
  office = await openTestOrganisation()
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  sara = await office.join('Sara')
  const given = { name: 'Harbour', description: '', memberIds: [luca.memberId] }
  id = (await office.run((tx) => createGroup(tx, mei, given, TEST_NOW))).id
})

afterEach(() => office.close())

const say = (actor: Actor, text: string) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId: id, text }, TEST_NOW))
const hideHistory = () =>
  office.run((tx) => changeGroup(tx, mei, id, { newcomersSeeHistory: false }, TEST_NOW))
const add = ({ memberId }: Actor) => office.run((tx) => addToGroup(tx, mei, id, [memberId], TEST_NOW))
const remove = ({ memberId }: Actor, keepsHistory = true) =>
  office.run((tx) => removeFromGroup(tx, mei, id, { memberId, keepsHistory }, TEST_NOW))
const since = async (actor: Actor, cursor: number, limit = 100) => {
  const caughtUp = await catchUp(office.storage.read, actor, cursor, limit)
  if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
  return caughtUp.changes
}
const mark = (actor: Actor) => office.storage.read.conversations.mark(office.scope, id, actor.memberId)
const textsIn = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === 'message' ? (change.data?.text ?? []) : []))
const keptIn = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === 'conversation' && change.data?.kept ? [change.data] : []))
const everythingTold = async (actor: Actor, cursor: number) =>
  JSON.stringify([await since(actor, cursor), await load(office.storage.read, actor)])

describe('newcomers', () => {
  test('see what was written before where the group says so, and have nothing unread of it', async () => {
    await say(mei, 'before')
    await add(sara)
    expect((await requireHistory(office.storage.read.conversations, sara, id)).from).toBe(1)
    const [newest] = await office.storage.read.messages.newestOf(office.scope, [id])
    expect(unreadCount(newest ?? null, (await mark(sara)) ?? { seen: 0, quiet: 0 })).toBe(0)
  })

  test('see nothing from before where it does not: paged, loaded, caught up or live', async () => {
    await hideHistory()
    const { cursor } = await load(office.storage.read, sara)
    const before = await say(mei, 'secret')
    await add(sara)
    const after = await say(mei, 'welcome')
    const { from } = await requireHistory(office.storage.read.conversations, sara, id)
    const page = await office.storage.read.messages.page(office.scope, id, { from, limit: 100 })
    expect(page.map(({ notice, text }) => notice?.what ?? text)).toEqual(['added', 'welcome'])
    const told = await everythingTold(sara, cursor)
    expect(told).toContain('welcome')
    expect(told).not.toContain('secret')
    const audience = `conversation:${id}` as const
    const loaded = await loadAudience(office.storage.read, sara, audience)
    expect(textsIn(loaded.changes)).toEqual(['welcome'])
    const hearing = (seq: number) => membersOf(office.storage.read, office.scope, audience, seq)
    expect(await hearing(before.seq)).toEqual([mei.memberId, luca.memberId])
    expect(await hearing(after.seq)).toEqual([mei.memberId, luca.memberId, sara.memberId])
  })

  test('do not hear of edits of what is not theirs to see, live or caught up', async () => {
    const before = await say(mei, 'secret')
    await hideHistory()
    await add(sara)
    const { cursor } = await load(office.storage.read, sara)
    const after = await say(mei, 'welcome')
    const audience = `conversation:${id}` as const
    for (const { id: messageId, data } of [before, after]) {
      const text = `${data?.text}, edited`
      const { seq } = await office.run((tx) => editMessage(tx, mei, { messageId, text }, TEST_NOW))
      const heard = await membersOf(office.storage.read, office.scope, audience, seq, data?.number)
      expect(heard.includes(sara.memberId)).toBe(messageId === after.id)
      expect(heard).toContain(luca.memberId)
    }
    const told = await everythingTold(sara, cursor)
    expect(told).toContain('welcome, edited')
    expect(told).not.toContain('secret')
    expect(await everythingTold(luca, cursor)).toContain('secret, edited')
  })

  test('catch up page by page without losing what is theirs', async () => {
    await hideHistory()
    const { cursor } = await load(office.storage.read, sara)
    for (let line = 0; line < 20; line += 1) await say(mei, 'secret')
    await add(sara)
    for (let line = 1; line <= 9; line += 1) await say(mei, `line ${line}`)
    const texts: string[] = []
    for (let at = cursor, more = true; more;) {
      const page = await catchUp(office.storage.read, sara, at, 4)
      if (page.outcome !== 'changes') throw new Error(page.outcome)
      texts.push(...textsIn(page.changes).filter(Boolean))
      at = page.cursor
      more = page.more
    }
    expect(texts).toEqual(Array.from({ length: 9 }, (_, index) => `line ${index + 1}`))
  })
})

describe('Y9: who is removed', () => {
  test('keeps what there was, told to them alone, the same live, caught up and loaded', async () => {
    const { cursor } = await load(office.storage.read, luca)
    await say(mei, 'last words')
    const { changes } = await office.storage.transactions.run(office.scope, (tx) =>
      removeFromGroup(tx, mei, id, { memberId: luca.memberId, keepsHistory: true }, TEST_NOW),
    )
    const own = `member:${luca.memberId}`
    const live = keptIn(changes.filter(({ audience }) => audience === own))
    expect(live).toMatchObject([{ id, memberIds: [], kept: { last: { message: { number: 3 } } } }])
    expect(keptIn(await since(luca, cursor))).toEqual(live)
    expect(keptIn((await load(office.storage.read, luca)).changes)).toEqual(live)
    expect(keptIn((await load(office.storage.read, mei)).changes)).toEqual([])
    const { from, until } = await requireHistory(office.storage.read.conversations, luca, id)
    expect([from, until]).toEqual([1, 3])
  })

  test('Y5: is told of it the same later, whatever becomes of the group meanwhile', async () => {
    const disappear = (after: 86_400 | 604_800 | null) =>
      office.run((tx) => setDisappearing(tx, mei, id, after, TEST_NOW))
    await disappear(86_400)
    const { cursor } = await load(office.storage.read, luca)
    await remove(luca)
    const whenTheyLeft = keptIn(await since(luca, cursor))
    expect(whenTheyLeft).toHaveLength(1)
    await disappear(604_800)
    const { data } = await say(mei, 'here')
    const pin = { messageId: data?.id ?? '', pinned: true }
    await office.run((tx) => pinMessage(tx, mei, pin, TEST_NOW))
    await office.run((tx) => changeGroup(tx, mei, id, { name: 'Pier', description: 'By the sea' }, TEST_NOW))
    await office.run((tx) => setGroupPicture(tx, mei, id, new Uint8Array([1]), TEST_NOW))
    await office.run((tx) => setGroupAdmin(tx, mei, id, { memberId: mei.memberId, admin: true }, TEST_NOW))
    expect(keptIn(await since(luca, cursor))).toEqual(whenTheyLeft)
    expect(keptIn((await load(office.storage.read, luca)).changes)).toEqual(whenTheyLeft)
  })

  test('hears nothing of what follows, by no way, and cannot load the group', async () => {
    await remove(luca)
    const { cursor } = await load(office.storage.read, luca)
    await say(mei, 'among us')
    await office.run((tx) => changeGroup(tx, mei, id, { name: 'Without Luca' }, TEST_NOW))
    await add(sara)
    const told = await everythingTold(luca, cursor)
    expect(told).not.toContain('among us')
    expect(told).not.toContain('Without Luca')
    const audience = `conversation:${id}` as const
    await expect(loadAudience(office.storage.read, luca, audience)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await membersOf(office.storage.read, office.scope, audience, 0)).not.toContain(luca.memberId)
  })

  test('reads what they kept as it was when they left, whatever is edited afterwards', async () => {
    const edited = async (messageId: string, text: string, mentions?: Mentions) =>
      office.run((tx) => editMessage(tx, mei, { messageId, text, mentions }, TEST_NOW))
    const [one, two] = [await say(mei, 'one'), await say(mei, 'two')]
    const mentions: Mentions = { memberIds: [luca.memberId], all: true }
    await edited(one.id, 'one, edited', mentions)
    await remove(luca)
    for (const text of ['one, edited again', 'one, at last']) await edited(one.id, text)
    await edited(two.id, 'two, edited')
    const { until } = await requireHistory(office.storage.read.conversations, luca, id)
    const page = await office.storage.read.messages.page(office.scope, id, { before: until + 1, limit: 9 })
    const kept = await messagesAsKept(office.storage.read.messages, office.scope, page, until)
    expect(kept.map(({ text }) => text).filter(Boolean)).toEqual(['one, edited', 'two'])
    expect(kept.map(({ extras }) => extras?.editedAt !== undefined)).toEqual([false, true, false, false])
    expect(kept.map(({ extras }) => extras?.mentions)).toEqual([undefined, mentions, undefined, undefined])
  })

  test('goes on marking what they kept as read, which nobody else hears of', async () => {
    await say(mei, 'last words')
    await remove(luca)
    await say(mei, 'among us')
    const { changes } = await office.storage.transactions.run(office.scope, (tx) =>
      raiseMarks(tx, luca, [{ conversationId: id, delivered: 99, seen: 99 }], TEST_NOW),
    )
    expect(changes).toMatchObject([{ audience: `member:${luca.memberId}`, kind: 'mark' }])
    expect(await mark(luca)).toMatchObject({ delivered: 3, seen: 3 })
  })

  test('keeps nothing where the admin says so', async () => {
    const { cursor } = await load(office.storage.read, luca)
    await say(mei, 'secret')
    await remove(luca, false)
    const told = await everythingTold(luca, cursor)
    expect(told).not.toContain('secret')
    expect(keptIn(await since(luca, cursor))).toEqual([])
    await expect(requireHistory(office.storage.read.conversations, luca, id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('who comes back is in the group again, and what they kept apart is gone', async () => {
    await hideHistory()
    await say(mei, 'then')
    await remove(luca)
    await say(mei, 'meanwhile')
    const { cursor } = await load(office.storage.read, luca)
    await add(luca)
    const changes = await since(luca, cursor)
    const gone = changes.find(
      ({ kind, audience }) => kind === 'conversation' && audience.startsWith('member:'),
    )
    const back = changes.find(
      ({ kind, audience }) => kind === 'conversation' && audience === `conversation:${id}`,
    )
    expect(gone?.data).toBeNull()
    expect(back?.seq ?? 0).toBeGreaterThan(gone?.seq ?? 0)
    expect(await everythingTold(luca, cursor)).not.toContain('meanwhile')
  })
})
