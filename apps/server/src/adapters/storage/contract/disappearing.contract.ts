import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import { AT, makeChat, numbersOf, sendIn, write, type Stage } from './contract-fixture.ts'

/** Messages with an end of their own. */
export function disappearingContract(stage: Stage): void {
  test('messages whose time has come are found, the most overdue first', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const { messages } = stage.storage.read
    const given = { conversationId: conversation.id, senderId: ana.id }
    await write(stage.storage, scope, async (tx) => {
      await tx.conversations.setDisappearing(scope, conversation.id, 86_400)
      for (const after of [30, 10, 20]) await sendIn(tx, scope, { ...given, expiresAt: AT + after })
      await sendIn(tx, scope, given)
    })
    expect(await messages.expired(scope, AT + 9, 10)).toEqual([])
    const due = await messages.expired(scope, AT + 20, 10)
    expect(numbersOf(due)).toEqual([2, 3])
    expect(numbersOf(await messages.expired(scope, AT + 100, 2))).toEqual([2, 3])
    expect(await messages.countExpired(scope, conversation.id, 0, AT + 20)).toBe(2)
    expect(await messages.countExpired(scope, conversation.id, 2, AT + 20)).toBe(1)
  })

  test('a conversation says which of its messages are pinned, of which there may be none again', async () => {
    const { scope, ana, conversation } = await makeChat(stage.storage)
    const { conversations } = stage.storage.read
    const pins = [1, 2].map((number) => ({ messageId: newId(), number, memberId: ana.id, at: AT }))
    await write(stage.storage, scope, (tx) => tx.conversations.setPins(scope, conversation.id, pins))
    expect(await conversations.get(scope, conversation.id)).toEqual({ ...conversation, pins })
    await write(stage.storage, scope, (tx) => tx.conversations.setPins(scope, conversation.id, []))
    expect(await conversations.get(scope, conversation.id)).toEqual(conversation)
  })

  test('a conversation says after what time messages disappear', async () => {
    const { scope, conversation } = await makeChat(stage.storage)
    const { conversations } = stage.storage.read
    expect(await conversations.get(scope, conversation.id)).toEqual(conversation)
    await write(stage.storage, scope, (tx) =>
      tx.conversations.setDisappearing(scope, conversation.id, 604_800),
    )
    expect(await conversations.get(scope, conversation.id)).toEqual({
      ...conversation,
      disappearing: { after: 604_800 },
    })
    await write(stage.storage, scope, (tx) => tx.conversations.setDisappearing(scope, conversation.id, null))
    expect(await conversations.get(scope, conversation.id)).toEqual({
      ...conversation,
      disappearing: { after: null },
    })
  })
}
