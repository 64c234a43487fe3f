import { expect, test } from 'vitest'
import { makeChat, write, type Stage } from './contract-fixture.ts'

/** Y12: which messages call whom, and the pictures of groups. */
export function mentionsContract(stage: Stage): void {
  test('of the messages that mention somebody the newest are told, rising, and those of everybody apart', async () => {
    const { scope, ana, ben, conversation } = await makeChat(stage.storage)
    const { id } = conversation
    await write(stage.storage, scope, async (tx) => {
      for (const number of [3, 9, 5, 5]) await tx.messages.addMention(scope, id, ben.id, number)
      await tx.messages.addMention(scope, id, null, 4)
      expect(await tx.messages.mentions(scope, id, ben.id, 10), 'a transaction sees its own').toEqual([
        3, 5, 9,
      ])
    })
    const mentions = (memberId: string | null, limit = 10) =>
      stage.storage.read.messages.mentions(scope, id, memberId, limit)
    expect(await mentions(ben.id)).toEqual([3, 5, 9])
    expect(await mentions(ben.id, 2)).toEqual([5, 9])
    expect(await mentions(null)).toEqual([4])
    expect(await mentions(ana.id)).toEqual([])
    await write(stage.storage, scope, async (tx) => {
      await tx.messages.removeMention(scope, id, ben.id, 5)
      await tx.messages.removeMention(scope, id, ana.id, 5)
      await tx.messages.removeMention(scope, id, null, 4)
    })
    expect(await mentions(ben.id)).toEqual([3, 9])
    expect(await mentions(null)).toEqual([])
  })

  test('T4: a mention and a picture are undone with their transaction', async () => {
    const { scope, ben, conversation } = await makeChat(stage.storage)
    const { id } = conversation
    await write(stage.storage, scope, (tx) => tx.messages.addMention(scope, id, ben.id, 1))
    const failing = stage.storage.transactions.run(scope, async (tx) => {
      await tx.messages.addMention(scope, id, ben.id, 2)
      await tx.messages.removeMention(scope, id, ben.id, 1)
      await tx.conversations.setPicture(scope, id, 'v1', new Uint8Array([1]))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await stage.storage.read.messages.mentions(scope, id, ben.id, 10)).toEqual([1])
    expect(await stage.storage.read.conversations.picture(scope, id, 'v1')).toBeNull()
  })

  test("a group's picture is handed out only in the version that is kept", async () => {
    const { scope, conversation } = await makeChat(stage.storage)
    const { id } = conversation
    const picture = (version: string) => stage.storage.read.conversations.picture(scope, id, version)
    const put = (version: string, bytes: Uint8Array) =>
      write(stage.storage, scope, (tx) => tx.conversations.setPicture(scope, id, version, bytes))
    expect(await picture('v1')).toBeNull()
    await put('v1', new Uint8Array([1, 2, 0, 255]))
    expect([...((await picture('v1')) ?? [])]).toEqual([1, 2, 0, 255])
    await put('v2', new Uint8Array([9]))
    expect(await picture('v1')).toBeNull()
    expect([...((await picture('v2')) ?? [])]).toEqual([9])
    await write(stage.storage, scope, (tx) => tx.conversations.removePicture(scope, id))
    expect(await picture('v2')).toBeNull()
  })
}
