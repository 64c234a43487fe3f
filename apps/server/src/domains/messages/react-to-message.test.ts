import { afterEach, beforeEach, expect, test } from 'vitest'
import { emojis as emojisSchema } from '@parley/contracts/messages/reaction'
import type { Change } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { addToGroup } from '../groups/add-to-group.ts'
import { changeGroup } from '../groups/change-group.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { membersOf } from '../sync/audiences-of.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { purgeMessages } from '../retention/purge-messages.ts'
import { deleteMessage, forgetReactionsTo } from './delete-message.ts'
import { reactToMessage } from './react-to-message.ts'
import { sendMessage } from './send-message.ts'

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
const react = (actor: Actor, messageId: string, ...emojis: string[]) =>
  office.run((tx) => reactToMessage(tx, actor, { messageId, emojis }, TEST_NOW))
const since = async (actor: Actor, cursor: number): Promise<Change[]> => {
  const caughtUp = await catchUp(office.storage.read, actor, cursor, 500)
  if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
  return caughtUp.changes
}
const reactionsIn = (changes: readonly Change[]) =>
  changes.flatMap(({ kind, data }) => (kind === 'reaction' && data ? [data.emojis.join('')] : []))

test('a reaction is told to who sees the message, and the same once more changes nothing', async () => {
  const { id: messageId } = await say(luca, 'hello')
  const { cursor } = await load(office.storage.read, luca)
  const change = await react(mei, messageId, '👍')
  expect(change).toMatchObject({
    audience: `conversation:${id}`,
    id: `${messageId}:${mei.memberId}`,
    data: { messageId, number: 2, memberId: mei.memberId, emojis: ['👍'] },
  })
  expect((await react(mei, messageId, '👍')).seq).toBe(change.seq)
  await react(mei, messageId, '👍', '🙏🏽')
  expect(reactionsIn(await since(luca, cursor))).toEqual(['👍🙏🏽'])
  expect(reactionsIn((await load(office.storage.read, luca)).changes)).toEqual(['👍🙏🏽'])
})

test('Y8: of many reactions to old messages a client starts with none, and hears what is taken back', async () => {
  const { id: old } = await say(luca, 'old')
  await react(mei, old, '🎉')
  const { id: newest } = await say(luca, 'new')
  await react(mei, newest, '👍')
  const { changes, cursor } = await load(office.storage.read, luca)
  expect(reactionsIn(changes)).toEqual(['👍'])
  await react(mei, newest)
  expect(reactionsIn(await since(luca, cursor))).toEqual([''])
  expect(reactionsIn((await load(office.storage.read, luca)).changes)).toEqual([])
})

test('Y8: with a message what was said to it leaves the feed, whether it is deleted or goes for good', async () => {
  const texts = ['deleted', 'purged', 'stays']
  const ids: string[] = []
  for (const text of texts) ids.push((await say(luca, text)).id)
  for (const messageId of ids) for (const actor of [mei, luca]) await react(actor, messageId, '👍')
  const [deleted = '', purged = '', stays] = ids
  await office.run((tx) => deleteMessage(tx, luca, deleted, TEST_NOW))
  const message = await office.storage.read.messages.get(office.scope, purged)
  const by = { forget: [forgetReactionsTo], now: TEST_NOW }
  const why = { why: 'expired', days: null, memberId: null } as const
  await office.run((tx) => purgeMessages(tx, office.scope, message ? [message] : [], why, by))
  const entries = await office.storage.read.changes.entriesSince(office.scope, [`conversation:${id}`], 0, 100)
  const said = entries.filter(({ kind }) => kind === 'reaction').map((entry) => entry.id.split(':')[0])
  expect(said).toEqual([stays, stays])
})

test('nobody reacts to what they cannot see, what was deleted, or where they are no longer', async () => {
  const { id: messageId } = await say(luca, 'hello')
  await expect(react(sara, messageId, '👍')).rejects.toMatchObject({ code: 'not_found' })
  await react(mei, messageId, '👍')
  await office.run((tx) => deleteMessage(tx, luca, messageId, TEST_NOW))
  await expect(react(mei, messageId, '🎉')).rejects.toMatchObject({ code: 'message_deleted' })
  expect(await office.storage.read.reactions.to(office.scope, [messageId])).toEqual([])
  expect(reactionsIn(await since(mei, 0))).toEqual([])
  const { id: later } = await say(mei, 'later')
  const removal = { memberId: luca.memberId, keepsHistory: true }
  await office.run((tx) => removeFromGroup(tx, mei, id, removal, TEST_NOW))
  await expect(react(luca, later, '👍')).rejects.toMatchObject({ code: 'no_longer_in_group' })
})

test('who does not see a group’s past does not hear what is said to it, live or caught up', async () => {
  const { id: messageId, data } = await say(luca, 'secret')
  await office.run((tx) => changeGroup(tx, mei, id, { newcomersSeeHistory: false }, TEST_NOW))
  await office.run((tx) => addToGroup(tx, mei, id, [sara.memberId], TEST_NOW))
  const { cursor } = await load(office.storage.read, sara)
  const { seq } = await react(mei, messageId, '👍')
  expect(reactionsIn(await since(sara, cursor))).toEqual([])
  expect(reactionsIn(await since(luca, cursor))).toEqual(['👍'])
  const heard = await membersOf(office.storage.read, office.scope, `conversation:${id}`, seq, data?.number)
  expect(heard).not.toContain(sara.memberId)
  await expect(react(sara, messageId, '👍')).rejects.toMatchObject({ code: 'not_found' })
})

test.each([
  [['👍', '👩‍👩‍👧', '🇵🇹', '1️⃣', '👋🏿'], true],
  [['👍', '👍'], false],
  [['ok'], false],
  [['👍👍'], false],
  [['<b>'], false],
  [[''], false],
  [['😀', '😁', '😂', '😃', '😄', '😅', '😆', '😇', '😈'], false],
])('%j are reactions: %s', (given, accepted) => {
  expect(emojisSchema.safeParse(given).success).toBe(accepted)
})
