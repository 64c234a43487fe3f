import { expect, test } from 'vitest'
import {
  makeChat,
  makeConversation,
  makeOrganisation,
  makeMember,
  type Chat,
  numbersOf,
  oneTo,
  send,
  write,
  type Stage,
} from './contract-fixture.ts'

const range = (from: number, to: number, quiet = 0) =>
  ({ from, to, quiet, why: 'retention', days: 90, memberId: null }) as const

function helpers(stage: Stage) {
  /** A chat of so many messages. */
  const many = async (count: number) => {
    const chat = await makeChat(stage.storage)
    for (const index of oneTo(count)) await send(stage.storage, chat, `text ${String(index)}`)
    return chat
  }
  const remove = ({ scope, conversation }: Chat, ...numbers: number[]) =>
    write(stage.storage, scope, async (tx) => {
      const all = await tx.messages.pageFrom(scope, conversation.id, {
        from: 1,
        until: Infinity,
        limit: 1_000,
      })
      const gone = all.filter(({ number }) => numbers.includes(number))
      await tx.messages.remove(scope, conversation.id, gone)
    })
  const numbersIn = async ({ scope, conversation }: Chat) =>
    numbersOf(await stage.storage.read.messages.page(scope, conversation.id, { limit: 1_000 }))
  return { many, remove, numbersIn }
}

/** Messages that are gone for good. */
export function purgesContract(stage: Stage): void {
  edgesContract(stage)
  const { many, remove, numbersIn } = helpers(stage)

  test('Y7: what is removed is nowhere, and its number is not given again', async () => {
    const chat = await many(5)
    const { scope, conversation } = chat
    const [, second] = await stage.storage.read.messages.pageFrom(scope, conversation.id, {
      from: 1,
      until: Infinity,
      limit: 2,
    })
    if (!second) throw new Error('there are five')
    await remove(chat, 1, 2, 5)
    expect(await numbersIn(chat)).toEqual([3, 4])
    const { messages, conversations } = stage.storage.read
    expect(await messages.get(scope, second.id)).toBeNull()
    expect(numbersOf(await messages.since(scope, [conversation.id], 0, 10))).toEqual([3, 4])
    expect(numbersOf(await messages.newestOf(scope, [conversation.id]))).toEqual([4])
    expect(await conversations.lastNumber(scope, conversation.id)).toBe(5)
    expect(await send(stage.storage, chat)).toMatchObject({ data: { number: 6 } })
    await remove(chat, 3, 4, 6)
    expect(await messages.newestOf(scope, [conversation.id])).toEqual([])
    await stage.reopen?.()
    expect(await stage.storage.read.conversations.lastNumber(scope, conversation.id)).toBe(6)
    expect(await send(stage.storage, chat)).toMatchObject({ data: { number: 7 } })
    expect(await numbersIn(chat)).toEqual([7])
  })

  test('Catching up finds its place although much is gone, in the middle too', async () => {
    const chat = await many(700)
    const { scope, conversation } = chat
    const all = await stage.storage.read.messages.pageFrom(scope, conversation.id, {
      from: 1,
      until: Infinity,
      limit: 1_000,
    })
    await remove(chat, ...oneTo(200), ...oneTo(300).map((n) => n + 250), 700)
    const left = [...oneTo(50).map((n) => n + 200), ...oneTo(149).map((n) => n + 550)]
    for (const after of [1, 100, 210, 400, 560, 698, 699]) {
      const since = all[after - 1]?.seq ?? 0
      const found = await stage.storage.read.messages.since(scope, [conversation.id], since, 1_000)
      expect(numbersOf(found), `after ${String(after)}`).toEqual(left.filter((number) => number > after))
    }
  }, 120_000)

  test('What is gone is taken down, and undone with its transaction (T4)', async () => {
    const chat = await many(3)
    const { scope, conversation } = chat
    const { conversations } = stage.storage.read
    expect(await conversations.purged(scope, conversation.id)).toEqual([])
    const ranges = [range(1, 2, 1)]
    const failing = write(stage.storage, scope, async (tx) => {
      await tx.messages.remove(
        scope,
        conversation.id,
        await tx.messages.pageFrom(scope, conversation.id, { from: 1, until: Infinity, limit: 2 }),
      )
      await tx.conversations.setPurged(scope, conversation.id, ranges)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await conversations.purged(scope, conversation.id)).toEqual([])
    expect(await numbersIn(chat)).toEqual([1, 2, 3])
    await remove(chat, 3)
    await write(stage.storage, scope, (tx) => tx.conversations.setPurged(scope, conversation.id, ranges))
    await stage.reopen?.()
    expect(await stage.storage.read.conversations.purged(scope, conversation.id)).toEqual(ranges)
    expect(await stage.storage.read.conversations.lastNumber(scope, conversation.id)).toBe(3)
    expect(await send(stage.storage, chat)).toMatchObject({ data: { number: 4 } })
  })
}

function edgesContract(stage: Stage): void {
  const { many, remove, numbersIn } = helpers(stage)

  test('With a message goes what it said before it was edited', async () => {
    const chat = await many(2)
    const { scope, conversation } = chat
    const [first, second] = await stage.storage.read.messages.pageFrom(scope, conversation.id, {
      from: 1,
      until: Infinity,
      limit: 2,
    })
    if (!first || !second) throw new Error('there are two')
    for (const { id: messageId } of [first, second])
      await write(stage.storage, scope, (tx) =>
        tx.messages.keepEdit(scope, { messageId, seq: 9, text: 'was', at: 1 }),
      )
    await remove(chat, 1)
    expect(await stage.storage.read.messages.edits(scope, first.id)).toEqual([])
    expect(await stage.storage.read.messages.edits(scope, second.id)).toHaveLength(1)
  })

  test('Only messages of the conversation named are removed', async () => {
    const chat = await many(2)
    const { scope, conversation, ana, ben } = chat
    const cleo = await makeMember(stage.storage, scope)
    const other = await makeConversation(stage.storage, scope, [ana.id, cleo.id])
    const messages = await stage.storage.read.messages.pageFrom(scope, conversation.id, {
      from: 1,
      until: Infinity,
      limit: 2,
    })
    await write(stage.storage, scope, (tx) => tx.messages.remove(scope, other.id, messages))
    expect(await numbersIn(chat)).toEqual([1, 2])
    expect(ben.id).not.toBe(ana.id)
  })

  test('System lines are counted up to what is there, or was', async () => {
    const chat = await many(4)
    const { scope, conversation } = chat
    await remove(chat, 3)
    expect(await stage.storage.read.conversations.quietUpTo(scope, conversation.id, 3)).toBe(0)
  })

  test('Every conversation of an organisation is found, each once, in pages', async () => {
    const scope = await makeOrganisation(stage.storage)
    const ana = await makeMember(stage.storage, scope)
    const made: string[] = []
    for (const index of oneTo(5)) {
      const other = await makeMember(stage.storage, scope, { name: `Other ${String(index)}` })
      made.push((await makeConversation(stage.storage, scope, [ana.id, other.id])).id)
    }
    await makeChat(stage.storage)
    const { conversations } = stage.storage.read
    const first = await conversations.idsAfter(scope, null, 3)
    const rest = await conversations.idsAfter(scope, first.at(-1) ?? null, 3)
    expect([...first, ...rest]).toEqual(made.toSorted())
  })
}
