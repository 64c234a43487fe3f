import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import {
  AT,
  makeChat,
  makeConversation,
  makeMember,
  numbersOf,
  oneTo,
  send,
  sendIn,
  write,
  type Stage,
} from './contract-fixture.ts'

/** Y6, Y7, T7: messages of a conversation. */
export function messagesContract(stage: Stage): void {
  pagesContract(stage)
  sinceContract(stage)
}

function pagesContract(stage: Stage): void {
  test('Y6: a message is found by the id that its client made, as it was written', async () => {
    const chat = await makeChat(stage.storage)
    const id = newId()
    const text = 'Grüße\n\tمرحبا 👩‍👩‍👧 '
    const { seq } = await send(stage.storage, chat, text, id)
    const message = {
      id,
      conversationId: chat.conversation.id,
      number: 1,
      senderId: chat.ana.id,
      text,
      notice: null,
      quiet: 0,
      sentAt: AT,
      seq,
    }
    expect(await stage.storage.read.messages.get(chat.scope, id)).toEqual(message)
    expect(await stage.storage.read.messages.get(chat.scope, newId())).toBeNull()
    const within = await write(stage.storage, chat.scope, (tx) => tx.messages.get(chat.scope, id))
    expect(within).toEqual(message)
  })

  test('Y7: each conversation counts its own messages from 1', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana } = chat
    const second = { ...chat, conversation: await makeConversation(stage.storage, scope, [ana.id]) }
    for (const one of [chat, second, second, chat, second]) await send(stage.storage, one)
    const last = async (id: string) => stage.storage.read.conversations.lastNumber(scope, id)
    expect([await last(chat.conversation.id), await last(second.conversation.id)]).toEqual([2, 3])
    expect(await last(newId())).toBe(0)
  })

  test('T7: history is paged by number, newest page first, each page oldest first', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, conversation } = chat
    await Promise.all(oneTo(25).map(() => send(stage.storage, chat)))
    const page = async (before: number | undefined, limit: number) =>
      numbersOf(await stage.storage.read.messages.page(scope, conversation.id, { before, limit }))
    expect(await page(undefined, 10)).toEqual(oneTo(25).slice(15))
    expect(await page(16, 10)).toEqual(oneTo(15).slice(5))
    expect(await page(6, 10)).toEqual(oneTo(5))
    expect(await page(1, 10)).toEqual([])
    expect(await page(1_000, 2)).toEqual([24, 25])
    expect(await stage.storage.read.messages.page(scope, newId(), { limit: 10 })).toEqual([])
  })

  test('T7: history is paged onward from a number, oldest page first', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, conversation } = chat
    await Promise.all(oneTo(25).map(() => send(stage.storage, chat)))
    const page = async (from: number, until: number, limit: number) =>
      numbersOf(await stage.storage.read.messages.pageFrom(scope, conversation.id, { from, until, limit }))
    expect(await page(1, Infinity, 3)).toEqual([1, 2, 3])
    expect(await page(20, Infinity, 10)).toEqual(oneTo(25).slice(19))
    expect(await page(20, 22, 10)).toEqual([20, 21, 22])
    expect(await page(26, Infinity, 10)).toEqual([])
    const nowhere = { from: 1, until: 9, limit: 9 }
    expect(await stage.storage.read.messages.pageFrom(scope, newId(), nowhere)).toEqual([])
  })

  test('Y12: the newest message of each conversation, without the empty ones', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const second = { ...chat, conversation: await makeConversation(stage.storage, scope, [ana.id]) }
    const empty = await makeConversation(stage.storage, scope, [
      ana.id,
      (await makeMember(stage.storage, scope)).id,
    ])
    await send(stage.storage, chat, 'old')
    await send(stage.storage, chat, 'new')
    await send(stage.storage, second, 'other')
    const ids = [conversation.id, empty.id, second.conversation.id, newId()]
    const newest = await stage.storage.read.messages.newestOf(scope, ids)
    expect(newest.map(({ text }) => text).sort()).toEqual(['new', 'other'])
    expect(await stage.storage.read.messages.newestOf(scope, [])).toEqual([])
  })
}

function sinceContract(stage: Stage): void {
  test('Y3: messages after a seq are merged over conversations in order of seq', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const others = [
      { ...chat, conversation: await makeConversation(stage.storage, scope, [ana.id]) },
      { ...chat, conversation: await makeConversation(stage.storage, scope, [chat.ben.id]) },
    ]
    const chats = [chat, ...others]
    for (const index of oneTo(60)) {
      const one = chats[(index * index) % 3]
      if (one) await send(stage.storage, one, String(index))
    }
    const ids = chats.map((one) => one.conversation.id)
    const since = async (conversationIds: string[], seq: number, limit: number) =>
      (await stage.storage.read.messages.since(scope, conversationIds, seq, limit)).map(
        (message) => message.seq,
      )
    expect(await since(ids, 0, 100)).toEqual(oneTo(60))
    expect(await since(ids, 0, 7)).toEqual(oneTo(7))
    expect(await since(ids, 31, 10)).toEqual(oneTo(41).slice(31))
    expect(await since(ids, 60, 10)).toEqual([])
    expect(await since([], 0, 10)).toEqual([])
    const all = await stage.storage.read.messages.page(scope, conversation.id, { limit: 100 })
    const own = all.map((message) => message.seq).filter((seq) => seq > 20)
    expect(await since([conversation.id, newId()], 20, 100)).toEqual(own)
  })

  test('Y3: a long absence is caught up page by page without a gap', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const quiet = { ...chat, conversation: await makeConversation(stage.storage, scope, [ana.id]) }
    await send(stage.storage, quiet, 'first')
    await write(stage.storage, scope, async (tx) => {
      for (const index of oneTo(300)) {
        await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id, text: String(index) })
      }
    })
    await send(stage.storage, quiet, 'last')
    const found: number[] = []
    const ids = [conversation.id, quiet.conversation.id]
    for (let cursor = 0; ; cursor = found.at(-1) ?? 0) {
      const page = await stage.storage.read.messages.since(scope, ids, cursor, 64)
      if (page.length === 0) break
      found.push(...page.map(({ seq }) => seq))
    }
    expect(found).toEqual(oneTo(302))
  })

  test('Y7: a message for a conversation that does not exist is refused', async () => {
    const { scope, ana } = await makeChat(stage.storage)
    const lost = write(stage.storage, scope, (tx) =>
      sendIn(tx, scope, { conversationId: newId(), senderId: ana.id }),
    )
    await expect(lost).rejects.toThrow()
    expect(await stage.storage.read.changes.head(scope)).toBe(0)
  })
}
