import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import { makeChat, makeOrganisation, numbersOf, send, sendIn, write, type Stage } from './contract-fixture.ts'
import type { StorageReader } from './storage.ts'

/** T2, T3: who sees what, and when. */
export function visibilityContract(stage: Stage): void {
  test('T2: writes exist only on what a transaction hands out, by type', () => {
    const wrong = (read: StorageReader): unknown[] => [
      // @ts-expect-error T2: a reader has no writes
      read.members.insert,
      // @ts-expect-error T2: a reader has no writes
      read.messages.insert,
      // @ts-expect-error T2: a reader has no writes
      read.conversations.raiseMark,
      // @ts-expect-error T2: a reader has no writes
      read.changes.append,
    ]
    expect(wrong).toBeTypeOf('function')
  })

  test('T3: a transaction reads its own writes, and others only what is committed', async () => {
    const scope = await makeOrganisation(stage.storage)
    const id = newId()
    const { result } = await stage.storage.transactions.run(scope, async (tx) => {
      await tx.departments.insert(scope, { id, name: 'Sales' })
      return [await tx.departments.get(scope, id), await stage.storage.read.departments.get(scope, id)]
    })
    expect(result).toEqual([{ id, name: 'Sales' }, null])
    expect(await stage.storage.read.departments.get(scope, id)).toEqual({ id, name: 'Sales' })
  })

  test('T3: a reader between the writes of a transaction sees none of them, whatever was read before', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    await send(stage.storage, chat)
    const look = async ({ read }: typeof stage.storage) => ({
      number: await read.conversations.lastNumber(scope, conversation.id),
      newest: numbersOf(await read.messages.newestOf(scope, [conversation.id])),
      mark: (await read.conversations.mark(scope, conversation.id, ana.id))?.seen,
      name: (await read.members.get(scope, ana.id))?.name,
      head: await read.changes.head(scope),
      heads: [...(await read.changes.heads(scope, [`conversation:${conversation.id}`])).values()],
    })
    const before = await look(stage.storage)
    const during = await write(stage.storage, scope, async (tx) => {
      await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id })
      await tx.members.update(scope, ana.id, { name: 'Changed' })
      return look(stage.storage)
    })
    expect(during).toEqual(before)
    expect(await look(stage.storage)).toMatchObject({
      number: 2,
      newest: [2],
      mark: 2,
      name: 'Changed',
      head: 2,
    })
  })
}
