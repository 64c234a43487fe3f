import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aFile } from '../../adapters/storage/contract/files.contract.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { addToGroup } from '../groups/add-to-group.ts'
import { changeGroup } from '../groups/change-group.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import { deleteMessage } from './delete-message.ts'
import { editMessage } from './edit-message.ts'
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
  const given = { name: 'Harbour', description: '', memberIds: [luca.memberId, sara.memberId] }
  id = (await office.run((tx) => createGroup(tx, mei, given, TEST_NOW))).id
})

afterEach(() => office.close())

const say = (actor: Actor, text: string, replyTo?: string) =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId: id, text, replyTo }, TEST_NOW))
const edit = (actor: Actor, messageId: string, text: string) =>
  office.run((tx) => editMessage(tx, actor, { messageId, text }, TEST_NOW))
const remove = (actor: Actor, messageId: string, at = TEST_NOW) =>
  office.run((tx) => deleteMessage(tx, actor, messageId, at))
const removeMember = ({ memberId }: Actor) =>
  office.run((tx) => removeFromGroup(tx, mei, id, { memberId, keepsHistory: true }, TEST_NOW))
const stored = (messageId: string) => office.storage.read.messages.get(office.scope, messageId)

describe('deleting for everyone', () => {
  test('Y12: of what came with an import it stays known that it did, so that nobody has read up to there', async () => {
    await say(luca, 'unread')
    const imported = { by: mei.memberId, importId: newId(), author: null }
    const { id: messageId } = await office.run((tx) =>
      tx.messages.insert(office.scope, {
        ...{ id: newId(), conversationId: id, senderId: sara.memberId, text: 'a secret', notice: null },
        ...{ sentAt: TEST_NOW, seq: 1_000, extras: { imported } },
      }),
    )
    const change = await remove(mei, messageId, TEST_NOW + 5)
    expect(change.data).toMatchObject({ text: '', imported, deletedAt: TEST_NOW + 5 })
    expect((await stored(messageId))?.extras).toEqual({ imported, deletedAt: TEST_NOW + 5 })
  })

  test('leaves a line, and nothing of what was said, nor of what was said before it was edited', async () => {
    const { id: messageId, data } = await say(luca, 'first secret')
    await edit(luca, messageId, 'second secret')
    const change = await remove(luca, messageId, TEST_NOW + 5)
    expect(change.data).toEqual({ ...data, text: '', deletedAt: TEST_NOW + 5 })
    expect(await office.storage.read.messages.edits(office.scope, messageId)).toEqual([])
    const told = [await load(office.storage.read, sara), await catchUp(office.storage.read, sara, 0, 500)]
    expect(JSON.stringify([told, await stored(messageId)])).not.toContain('secret')
  })

  test('empties what others quote of it, for those too who have that quote on their devices', async () => {
    const { id: messageId } = await say(luca, 'secret')
    const answer = await say(sara, 'what do you mean?', messageId)
    const { cursor } = await load(office.storage.read, mei)
    await remove(luca, messageId)
    const caughtUp = await catchUp(office.storage.read, mei, cursor, 50)
    if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
    const told = caughtUp.changes.find((change) => change.id === answer.id)
    expect(told?.data).toMatchObject({
      text: 'what do you mean?',
      replyTo: { id: messageId, kind: 'deleted', text: '' },
    })
    expect(JSON.stringify(await load(office.storage.read, mei))).not.toContain('secret')
  })

  test('is for its sender and for admins of the group, and for nobody else', async () => {
    const { id: messageId } = await say(luca, 'hello')
    await expect(remove(sara, messageId)).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await office.join('Rafael')
    await expect(remove(stranger, messageId)).rejects.toMatchObject({ code: 'not_found' })
    expect((await remove(mei, messageId)).data?.deletedAt).toBe(TEST_NOW)
  })

  test('is possible for as long as the organisation allows, and once more changes nothing', async () => {
    const late = TEST_NOW + (DEFAULT_COMMUNICATION.deleteWindow ?? 0) * 1_000
    const [old, other] = [await say(luca, 'old'), await say(luca, 'other')]
    await expect(remove(luca, old.id, late)).rejects.toMatchObject({ code: 'too_late_to_delete' })
    await expect(remove(mei, old.id, late)).rejects.toMatchObject({ code: 'too_late_to_delete' })
    const first = await remove(luca, other.id)
    expect((await remove(luca, other.id, late)).seq).toBe(first.seq)
  })

  test('its files go with the last message that carries them', async () => {
    const file = aFile({ uploaderId: luca.memberId, createdAt: TEST_NOW, expiresAt: TEST_NOW + 60_000 })
    await office.run((tx) => tx.files.insert(office.scope, file))
    const sendIt = async (given: { readonly forwardOf?: string }) => {
      const messageId = newId()
      const message = { ...given, id: messageId, conversationId: id, text: 'the plan', files: [file.id] }
      await office.run((tx) => sendMessage(tx, luca, message, TEST_NOW))
      return messageId
    }
    const first = await sendIt({})
    const second = await sendIt({ forwardOf: first })
    await remove(luca, first)
    expect(await office.storage.read.files.get(office.scope, file.id)).toMatchObject({ links: 1 })
    expect((await remove(luca, second)).data).not.toHaveProperty('files')
    expect(await office.storage.read.files.get(office.scope, file.id)).toBeNull()
  })

  test('a system line is nobody’s to delete', async () => {
    const [line] = await office.storage.read.messages.page(office.scope, id, { limit: 1 })
    await expect(remove(mei, line?.id ?? '')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a message that was deleted meanwhile', () => {
  test('is not edited or passed on, and answered without its words', async () => {
    const { id: messageId } = await say(luca, 'secret')
    await remove(luca, messageId)
    await expect(edit(luca, messageId, 'again')).rejects.toMatchObject({ code: 'message_deleted' })
    const given = { id: newId(), conversationId: id, text: 'secret', forwardOf: messageId }
    await expect(office.run((tx) => sendMessage(tx, sara, given, TEST_NOW))).rejects.toMatchObject({
      code: 'message_deleted',
    })
    expect((await say(sara, 'too late', messageId)).data?.replyTo).toMatchObject({
      kind: 'deleted',
      text: '',
    })
  })
})

describe('who has left the group', () => {
  test('can neither edit nor delete what they wrote, however far they had come with it', async () => {
    const { id: messageId } = await say(luca, 'hello')
    await removeMember(luca)
    for (const doing of [edit(luca, messageId, 'bye'), remove(luca, messageId)])
      await expect(doing).rejects.toMatchObject({ code: 'no_longer_in_group' })
    expect(await stored(messageId)).toMatchObject({ text: 'hello' })
  })

  test('loses what is deleted from what they kept, and hears of nothing else', async () => {
    const { id: messageId } = await say(mei, 'secret')
    await removeMember(luca)
    const { cursor } = await load(office.storage.read, luca)
    const { id: later } = await say(mei, 'among us')
    await remove(mei, later)
    const before = await catchUp(office.storage.read, luca, cursor, 50)
    expect(before).toMatchObject({ outcome: 'changes', changes: [] })
    await remove(mei, messageId)
    const caughtUp = await catchUp(office.storage.read, luca, cursor, 50)
    if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
    const kept = caughtUp.changes.map(({ audience, kind, data }) => [audience, kind, data !== null])
    expect(kept).toEqual([[`member:${luca.memberId}`, 'conversation', true]])
    expect(JSON.stringify(caughtUp)).not.toMatch(/secret|among us/)
    await office.run((tx) => addToGroup(tx, mei, id, [luca.memberId], TEST_NOW))
    expect(await office.storage.read.conversations.formerParticipants(office.scope, id)).toEqual([])
  })

  test('Y5: loses what others quote of it there, though it is from before they joined', async () => {
    const { id: messageId } = await say(mei, 'secret')
    await removeMember(sara)
    await office.run((tx) => changeGroup(tx, mei, id, { newcomersSeeHistory: false }, TEST_NOW))
    await office.run((tx) => addToGroup(tx, mei, id, [sara.memberId], TEST_NOW))
    const { id: reply } = await say(luca, 'an answer', messageId)
    await removeMember(sara)
    const { cursor } = await load(office.storage.read, sara)
    await remove(mei, messageId)
    expect((await stored(reply))?.extras?.replyTo).toMatchObject({ kind: 'deleted', text: '' })
    // what they keep begins anew on their devices
    expect(await catchUp(office.storage.read, sara, cursor, 50)).toMatchObject({
      changes: [{ audience: `member:${sara.memberId}`, kind: 'conversation', id }],
    })
  })
})
