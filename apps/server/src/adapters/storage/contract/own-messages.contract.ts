import { expect, test } from 'vitest'
import type { OwnMessageRecord } from '../../../domains/messages/own-message.ts'
import { newId } from '../../../kernel/ids.ts'
import { AT, makeChat, makeConversation, send, write, type Stage } from './contract-fixture.ts'

/** What members note of messages for themselves. */
export function ownMessagesContract(stage: Stage): void {
  test('a note comes back as it was put, the later one holds, and each member has their own', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, ben, conversation } = chat
    const [one, other] = [await send(stage.storage, chat, 'one'), await send(stage.storage, chat, 'other')]
    const note = (memberId: string, messageId: string, number: number): OwnMessageRecord => ({
      memberId,
      messageId,
      conversationId: conversation.id,
      number,
      starredAt: AT,
      hidden: false,
    })
    const starred = note(ana.id, one.id, 1)
    const hidden = { ...note(ana.id, other.id, 2), starredAt: null, hidden: true }
    await write(stage.storage, scope, async (tx) => {
      await tx.ownMessages.put(scope, { ...hidden, starredAt: AT, hidden: false })
      await tx.ownMessages.put(scope, hidden)
      await tx.ownMessages.put(scope, starred)
      await tx.ownMessages.put(scope, note(ben.id, one.id, 1))
    })
    const { ownMessages } = stage.storage.read
    const inOrder = (notes: readonly OwnMessageRecord[]) =>
      [...notes].sort((a, b) => a.number - b.number || (a.memberId < b.memberId ? -1 : 1))
    const both = [one.id, other.id]
    expect(inOrder(await ownMessages.of(scope, ana.id, [...both, newId()]))).toEqual([starred, hidden])
    expect(await ownMessages.of(scope, ana.id, [])).toEqual([])
    expect(await ownMessages.on(scope, [])).toEqual([])
    expect(inOrder(await ownMessages.on(scope, [one.id]))).toEqual(
      inOrder([starred, note(ben.id, one.id, 1)]),
    )
    expect(inOrder(await ownMessages.inConversation(scope, ana.id, conversation.id))).toEqual([
      starred,
      hidden,
    ])
    const elsewhere = await makeConversation(stage.storage, scope, [ana.id])
    expect(await ownMessages.inConversation(scope, ana.id, elsewhere.id)).toEqual([])
    await write(stage.storage, scope, (tx) => tx.ownMessages.remove(scope, ana.id, one.id))
    await write(stage.storage, scope, (tx) => tx.ownMessages.remove(scope, ana.id, one.id))
    expect(await ownMessages.of(scope, ana.id, both)).toEqual([hidden])
  })

  test('a note about a message that does not exist is refused', async () => {
    const { scope, ana, conversation } = await makeChat(stage.storage)
    const nothing = { messageId: newId(), conversationId: conversation.id, number: 1, starredAt: AT }
    const lost = write(stage.storage, scope, (tx) =>
      tx.ownMessages.put(scope, { ...nothing, memberId: ana.id, hidden: false }),
    )
    await expect(lost).rejects.toThrow()
  })
}
