import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import {
  AT,
  makeChat,
  makeConversation,
  makeMember,
  makeOrganisation,
  oneTo,
  raise,
  send,
  write,
  type Stage,
} from './contract-fixture.ts'

/** Conversations and their participants' marks (Y11). */
export function conversationsContract(stage: Stage): void {
  membershipContract(stage)
  marksContract(stage)
  marksSinceContract(stage)
}

function membershipContract(stage: Stage): void {
  test('A conversation is found by id, by its two members in either order, and by each member', async () => {
    const { scope, ana, ben, conversation } = await makeChat(stage.storage)
    const third = await makeMember(stage.storage, scope)
    const other = await makeConversation(stage.storage, scope, [third.id, ana.id])
    const { conversations } = stage.storage.read
    expect(await conversations.get(scope, conversation.id)).toEqual(conversation)
    expect(await conversations.get(scope, newId())).toBeNull()
    expect(await conversations.findDirect(scope, ana.id, ben.id)).toEqual(conversation)
    expect(await conversations.findDirect(scope, ben.id, ana.id)).toEqual(conversation)
    expect(await conversations.findDirect(scope, ana.id, third.id)).toEqual(other)
    expect(await conversations.findDirect(scope, ben.id, third.id)).toBeNull()
    expect(await conversations.findDirect(scope, ben.id, newId())).toBeNull()
    expect([...(await conversations.idsOf(scope, ana.id))].sort()).toEqual([conversation.id, other.id].sort())
    expect(await conversations.idsOf(scope, ben.id)).toEqual([conversation.id])
    expect(await conversations.idsOf(scope, newId())).toEqual([])
    const many = await conversations.getMany(scope, [other.id, newId(), conversation.id])
    expect(many.map(({ id }) => id).sort()).toEqual([conversation.id, other.id].sort())
    expect(await conversations.getMany(scope, [])).toEqual([])
  })

  test('A new conversation shows in the lists that were read before', async () => {
    const scope = await makeOrganisation(stage.storage)
    const [ana, ben] = [await makeMember(stage.storage, scope), await makeMember(stage.storage, scope)]
    expect(await stage.storage.read.conversations.idsOf(scope, ana.id)).toEqual([])
    expect(await stage.storage.read.conversations.findDirect(scope, ana.id, ben.id)).toBeNull()
    const { id } = await makeConversation(stage.storage, scope, [ana.id, ben.id])
    expect(await stage.storage.read.conversations.idsOf(scope, ana.id)).toEqual([id])
    expect(await stage.storage.read.conversations.findDirect(scope, ana.id, ben.id)).toMatchObject({ id })
  })
}

function marksContract(stage: Stage): void {
  test('Y11: every participant starts with a mark at 0', async () => {
    const { scope, ana, ben, conversation } = await makeChat(stage.storage)
    const marks = await stage.storage.read.conversations.marksOf(scope, [conversation.id, newId()])
    const zero = { conversationId: conversation.id, delivered: 0, seen: 0, seq: 0 }
    expect(marks).toHaveLength(2)
    expect(marks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...zero, memberId: ana.id }),
        expect.objectContaining({ ...zero, memberId: ben.id }),
      ]),
    )
    expect(await stage.storage.read.conversations.mark(scope, conversation.id, ben.id)).toMatchObject(zero)
    expect(await stage.storage.read.conversations.mark(scope, conversation.id, newId())).toBeNull()
    expect(await stage.storage.read.conversations.mark(scope, newId(), ben.id)).toBeNull()
  })

  test('Y11: marks only rise, and seen never passes delivered', async () => {
    const { scope, ben, conversation } = await makeChat(stage.storage)
    const at = { conversationId: conversation.id, memberId: ben.id }
    const set = (delivered: number, seen: number) =>
      write(stage.storage, scope, (tx) =>
        tx.conversations.raiseMark(scope, { ...at, delivered, seen, at: AT }),
      )
    expect(await set(5, 2)).toMatchObject({ ...at, delivered: 5, seen: 2, seq: 0 })
    expect(await set(3, 1)).toMatchObject({ ...at, delivered: 5, seen: 2, seq: 0 })
    expect(await set(3, 4)).toMatchObject({ ...at, delivered: 5, seen: 4, seq: 0 })
    expect(await set(0, 9)).toMatchObject({ ...at, delivered: 9, seen: 9, seq: 0 })
    const kept = await stage.storage.read.conversations.mark(scope, conversation.id, ben.id)
    expect(kept).toMatchObject({ ...at, delivered: 9, seen: 9, seq: 0 })
  })

  test('Y11: a mark keeps the seq of its latest change; sending raises without one', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const at = { conversationId: conversation.id, memberId: ana.id }
    await send(stage.storage, chat)
    expect(await stage.storage.read.conversations.mark(scope, at.conversationId, ana.id)).toMatchObject({
      seq: 0,
    })
    const { seq } = await raise(stage.storage, scope, { ...at, delivered: 1, seen: 1 })
    await send(stage.storage, chat)
    const kept = await stage.storage.read.conversations.mark(scope, at.conversationId, ana.id)
    expect(kept).toMatchObject({ ...at, delivered: 2, seen: 2, seq })
  })

  test('Y11: marks at once, in any order, end at the highest', async () => {
    const { scope, ben, conversation } = await makeChat(stage.storage)
    const at = { conversationId: conversation.id, memberId: ben.id }
    const order = oneTo(40).map((index) => (index * 17) % 41)
    await Promise.all(order.map((seen) => raise(stage.storage, scope, { ...at, delivered: seen, seen })))
    const mark = await stage.storage.read.conversations.mark(scope, conversation.id, ben.id)
    expect(mark).toMatchObject({ delivered: 40, seen: 40, seq: 40 })
  })
}

function marksSinceContract(stage: Stage): void {
  test('Y3: marks after a seq, oldest first, at most the limit, each once with its latest seq', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, ben, conversation } = chat
    const second = await makeConversation(stage.storage, scope, [ben.id])
    const set = (conversationId: string, memberId: string, seen: number) =>
      raise(stage.storage, scope, { conversationId, memberId, delivered: seen, seen })
    await set(conversation.id, ana.id, 1)
    await set(conversation.id, ben.id, 1)
    await set(second.id, ben.id, 1)
    await set(conversation.id, ana.id, 2)
    const ids = [conversation.id, second.id, newId()]
    const since = async (seq: number, limit: number) =>
      (await stage.storage.read.conversations.marksSince(scope, ids, seq, limit)).map((mark) => mark.seq)
    expect(await since(0, 10)).toEqual([2, 3, 4])
    expect(await since(2, 10)).toEqual([3, 4])
    expect(await since(0, 2)).toEqual([2, 3])
    expect(await since(4, 10)).toEqual([])
    const only = await stage.storage.read.conversations.marksSince(scope, [second.id], 0, 10)
    expect(only).toMatchObject([
      { conversationId: second.id, memberId: ben.id, delivered: 1, seen: 1, seq: 3 },
    ])
  })

  test('Y11: a mark of somebody who takes no part is refused', async () => {
    const { scope, conversation } = await makeChat(stage.storage)
    const stranger = await makeMember(stage.storage, scope)
    const given = { conversationId: conversation.id, memberId: stranger.id, delivered: 1, seen: 1 }
    await expect(raise(stage.storage, scope, given)).rejects.toThrow()
    expect(await stage.storage.read.changes.head(scope)).toBe(0)
    expect(await stage.storage.read.conversations.marksOf(scope, [conversation.id])).toHaveLength(2)
  })
}
