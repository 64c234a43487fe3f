import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import { makeChat, makeOrganisation, numbersOf, oneTo, send, write, type Stage } from './contract-fixture.ts'

/** T3: transactions of one organisation behave as if run one after another. */
export function serialContract(stage: Stage): void {
  test('T3: a hundred sends at once get the numbers 1 to 100', async () => {
    const chat = await makeChat(stage.storage)
    await Promise.all(oneTo(100).map((index) => send(stage.storage, chat, `message ${index}`)))
    const page = await stage.storage.read.messages.page(chat.scope, chat.conversation.id, { limit: 200 })
    expect(numbersOf(page)).toEqual(oneTo(100))
    expect(page.map(({ seq }) => seq)).toEqual(page.map(({ seq }) => seq).sort((a, b) => a - b))
  })

  test('T3: reading and then writing loses no update', async () => {
    const scope = await makeOrganisation(stage.storage)
    const id = newId()
    await write(stage.storage, scope, (tx) => tx.departments.insert(scope, { id, name: '0' }))
    const increment = () =>
      write(stage.storage, scope, async (tx) => {
        const before = Number((await tx.departments.get(scope, id))?.name)
        await tx.departments.rename(scope, id, String(before + 1))
      })
    await Promise.all(oneTo(100).map(increment))
    expect(await stage.storage.read.departments.get(scope, id)).toEqual({ id, name: '100' })
  })

  test('T3: results settle in the order of their commits', async () => {
    const chat = await makeChat(stage.storage)
    const settled: number[] = []
    const one = async (index: number) => settled.push((await send(stage.storage, chat, String(index))).seq)
    await Promise.all(oneTo(60).map(one))
    expect(settled).toEqual([...settled].sort((a, b) => a - b))
    expect(settled).toHaveLength(60)
  })

  test('T3: organisations written to at the same time keep their own numbers', async () => {
    const chats = [await makeChat(stage.storage), await makeChat(stage.storage)]
    await Promise.all(oneTo(20).flatMap(() => chats.map((chat) => send(stage.storage, chat))))
    for (const chat of chats) {
      expect(await stage.storage.read.conversations.lastNumber(chat.scope, chat.conversation.id)).toBe(20)
      expect(await stage.storage.read.changes.head(chat.scope)).toBe(20)
    }
  })
}
