import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import {
  makeChat,
  makeConversation,
  makeOrganisation,
  noteDepartment,
  oneTo,
  raise,
  send,
  write,
  type Stage,
} from './contract-fixture.ts'

/** T5, T6: what is committed stays, and commits are counted. */
export function durabilityContract(stage: Stage): void {
  test('T5: everything is there after opening again', async ({ skip }) => {
    if (!stage.reopen) return skip('this engine keeps nothing')
    const chat = await makeChat(stage.storage)
    const { scope, ben, conversation } = chat
    const pair = [conversation.id, ben.id] as const
    await Promise.all(oneTo(20).map(() => send(stage.storage, chat)))
    await raise(stage.storage, scope, { conversationId: pair[0], memberId: pair[1], delivered: 20, seen: 7 })
    await write(stage.storage, scope, (tx) => noteDepartment(tx, scope, 'org', newId()))
    const audiences = ['org', `conversation:${conversation.id}`] as const
    const snapshot = async ({ read }: typeof stage.storage) => ({
      organisation: await read.organisations.get(scope),
      members: await read.members.list(scope),
      conversation: await read.conversations.get(scope, conversation.id),
      marks: await read.conversations.marksOf(scope, [conversation.id]),
      messages: await read.messages.page(scope, conversation.id, { limit: 50 }),
      head: await read.changes.head(scope),
      heads: await read.changes.heads(scope, audiences),
      entries: await read.changes.entriesSince(scope, audiences, 0, 100),
    })
    const before = await snapshot(stage.storage)
    await stage.reopen()
    expect(await snapshot(stage.storage)).toEqual(before)
    expect(await send(stage.storage, chat)).toMatchObject({ data: { number: 21 }, seq: before.head + 1 })
    await makeConversation(stage.storage, scope, [ben.id])
  })

  test('T5: closing twice is fine, and a closed storage refuses', async ({ skip }) => {
    if (!stage.reopen) return skip('this engine keeps nothing')
    const scope = await makeOrganisation(stage.storage)
    const closed = stage.storage
    await closed.close()
    await closed.close()
    await expect(closed.transactions.run(scope, () => Promise.resolve())).rejects.toThrow()
    await stage.reopen()
    expect(await stage.storage.read.organisations.get(scope)).not.toBeNull()
  })

  test('T6: commits and the transactions they carry are counted', async () => {
    const chat = await makeChat(stage.storage)
    const sizes: number[] = []
    stage.storage.onCommit((size, milliseconds) => {
      sizes.push(size)
      expect(milliseconds).toBeGreaterThanOrEqual(0)
    })
    const before = stage.storage.figures()
    await Promise.all(oneTo(50).map(() => send(stage.storage, chat)))
    const after = stage.storage.figures()
    expect(after.transactions - before.transactions).toBe(50)
    expect(after.commits - before.commits).toBe(sizes.length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(50)
    expect(after.statements).toBeGreaterThan(before.statements)
    await stage.storage.ping()
  })
}
