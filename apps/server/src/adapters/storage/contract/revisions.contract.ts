import { expect, test } from 'vitest'
import { ofConversation } from '../../../kernel/audiences.ts'
import { newId } from '../../../kernel/ids.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { MessageExtras, MessageRecord } from '../../../domains/messages/message.ts'
import { AT, makeChat, send, write, type Stage } from './contract-fixture.ts'
import type { StorageTx } from './storage.ts'

/** What changing a message does to the store, as the use case does it: an entry in the feed, and the row with its seq. */
export async function reviseIn(
  tx: StorageTx,
  scope: OrgScope,
  message: MessageRecord,
  text: string,
  extras: MessageExtras = { editedAt: AT },
): Promise<number> {
  const { id, conversationId, seq: _seq, revisedSeq: _revised, extras: _extras, ...rest } = message
  const data = { ...rest, id, conversationId, text }
  const audience = ofConversation(conversationId)
  const { seq } = await tx.changes.append(scope, { audience, kind: 'message', id, data })
  await tx.messages.revise(scope, id, { seq, text, extras })
  await tx.messages.keepEdit(scope, { messageId: id, seq, text: message.text, at: AT })
  return seq
}

async function messageOf(tx: StorageTx, scope: OrgScope, id: string): Promise<MessageRecord> {
  const message = await tx.messages.get(scope, id)
  if (!message) throw new Error('there is no such message')
  return message
}

/** Y2, Y4: what becomes of a message after it was sent. */
export function revisionsContract(stage: Stage): void {
  revisedRowsContract(stage)
  changedAfterContract(stage)
  newestAndUndoneContract(stage)
  editsContract(stage)
  reactionsContract(stage)
}

function revisedRowsContract(stage: Stage): void {
  test('Y7: a revised message keeps its place and everything reads it as it is now', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, conversation } = chat
    const id = newId()
    await send(stage.storage, chat, 'frist', id)
    await send(stage.storage, chat, 'second')
    const linkPreview = { url: 'https://harbour.example/', title: 'Hafen 🚢', picture: 'UklGRg==' }
    const extras = { editedAt: AT, linkPreview }
    const revisedSeq = await write(stage.storage, scope, async (tx) => {
      const seq = await reviseIn(tx, scope, await messageOf(tx, scope, id), 'first', extras)
      expect(await messageOf(tx, scope, id)).toMatchObject({ text: 'first', revisedSeq: seq })
      return seq
    })
    const { messages, changes } = stage.storage.read
    const revised = { id, number: 1, text: 'first', seq: 1, revisedSeq, extras }
    expect(await messages.get(scope, id)).toMatchObject(revised)
    expect(await messages.getMany(scope, [id, newId(), 'no id'])).toMatchObject([revised])
    expect(await messages.getMany(scope, [])).toEqual([])
    const page = await messages.page(scope, conversation.id, { limit: 10 })
    expect(page).toMatchObject([revised, { number: 2, text: 'second' }])
    expect(page[1]).not.toHaveProperty('extras')
    expect(page[1]).not.toHaveProperty('revisedSeq')
    expect(await messages.since(scope, [conversation.id], 0, 10)).toMatchObject([revised, { number: 2 }])
    expect(await messages.since(scope, [conversation.id], 1, 10)).toMatchObject([{ number: 2 }])
    const audience = ofConversation(conversation.id)
    expect(await changes.entriesSince(scope, [audience], 0, 10)).toEqual([
      { seq: revisedSeq, audience, kind: 'message', id, gone: false },
    ])
    expect(await changes.heads(scope, [audience])).toEqual(new Map([[audience, revisedSeq]]))
  })
}

function changedAfterContract(stage: Stage): void {
  test('what was changed after a seq is told in the order of the newest changes, each message once, page by page', async () => {
    const chat = await makeChat(stage.storage)
    const { scope } = chat
    const ids = [newId(), newId(), newId()]
    for (const id of ids) await send(stage.storage, chat, 'frist', id)
    const revise = (id = '', text: string) =>
      write(stage.storage, scope, async (tx) => reviseIn(tx, scope, await messageOf(tx, scope, id), text))
    const [first, second, third] = ids
    await revise(third, 'first')
    const since = await revise(first, 'once')
    const last = await revise(third, 'third')
    const newest = await revise(first, 'first')
    const { messages } = stage.storage.read
    const told = async (after: number, limit = 10) =>
      (await messages.revisedAfter(scope, after, limit)).map(({ id, text }) => [id, text])
    expect(await told(0)).toEqual([[third, 'third'], [first, 'first']]) // prettier-ignore
    expect(await told(0, 1)).toEqual([[third, 'third']])
    expect([await told(since), await told(last), await told(newest)]).toEqual([
      [[third, 'third'], [first, 'first']], // prettier-ignore
      [[first, 'first']],
      [],
    ])
    expect((await messages.get(scope, second ?? ''))?.revisedSeq).toBeUndefined()
  })
}

function newestAndUndoneContract(stage: Stage): void {
  test('Y12: the newest message is read as it is now, also right after it was revised', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, conversation } = chat
    const id = newId()
    await send(stage.storage, chat, 'before', id)
    expect(await stage.storage.read.messages.newestOf(scope, [conversation.id])).toMatchObject([
      { text: 'before' },
    ])
    await write(stage.storage, scope, async (tx) =>
      reviseIn(tx, scope, await messageOf(tx, scope, id), 'now'),
    )
    expect(await stage.storage.read.messages.newestOf(scope, [conversation.id])).toMatchObject([
      { text: 'now', number: 1 },
    ])
    await send(stage.storage, chat, 'next')
    expect(await stage.storage.read.messages.newestOf(scope, [conversation.id])).toMatchObject([
      { number: 2 },
    ])
  })

  test('T4: a revision that is undone leaves the message as it was', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, conversation } = chat
    const id = newId()
    await send(stage.storage, chat, 'before', id)
    const undone = write(stage.storage, scope, async (tx) => {
      await reviseIn(tx, scope, await messageOf(tx, scope, id), 'now')
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    const { messages } = stage.storage.read
    expect(await messages.newestOf(scope, [conversation.id])).toMatchObject([{ text: 'before' }])
    expect(await messages.get(scope, id)).not.toHaveProperty('revisedSeq')
    expect(await messages.edits(scope, id)).toEqual([])
  })

  test('a message is stored with what it has besides its text, and found by what it answers', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const id = newId()
    const { id: original } = await send(stage.storage, chat, 'Hello')
    const shown = { kind: 'text', text: 'Hello', expiresAt: AT + 5 } as const
    const quote = { id: original, number: 1, senderId: ana.id, ...shown }
    const extras = { replyTo: quote, forwarded: true } as const
    const draft = {
      id,
      conversationId: conversation.id,
      senderId: ana.id,
      text: 'x',
      notice: null,
      sentAt: AT,
    }
    await write(stage.storage, scope, (tx) =>
      tx.changes.appendWith(
        scope,
        { audience: ofConversation(conversation.id), kind: 'message', id },
        async (seq) => {
          const {
            extras: _extras,
            seq: _seq,
            ...data
          } = await tx.messages.insert(scope, { ...draft, seq, extras })
          return data
        },
      ),
    )
    expect(await stage.storage.read.messages.get(scope, id)).toMatchObject({ text: 'x', extras })
    expect(await stage.storage.read.messages.repliesTo(scope, original)).toMatchObject([
      { id, text: 'x', extras },
    ])
    expect(await stage.storage.read.messages.repliesTo(scope, id)).toEqual([])
  })
}

function editsContract(stage: Stage): void {
  test('what a message said before each edit is kept in order, until it is forgotten', async () => {
    const chat = await makeChat(stage.storage)
    const { scope } = chat
    const id = newId()
    await send(stage.storage, chat, 'one', id)
    for (const text of ['two', 'three'])
      await write(stage.storage, scope, async (tx) =>
        reviseIn(tx, scope, await messageOf(tx, scope, id), text),
      )
    const { messages } = stage.storage.read
    expect(await messages.edits(scope, id)).toEqual([
      { messageId: id, seq: 2, text: 'one', at: AT },
      { messageId: id, seq: 3, text: 'two', at: AT },
    ])
    expect(await messages.edits(scope, newId())).toEqual([])
    const mentioning = {
      messageId: id,
      seq: 9,
      text: 'three',
      mentions: { memberIds: [newId()], all: true as const },
      at: AT,
    }
    await write(stage.storage, scope, (tx) => tx.messages.keepEdit(scope, mentioning))
    expect((await messages.edits(scope, id)).at(-1)).toEqual(mentioning)
    await write(stage.storage, scope, (tx) => tx.messages.forgetEdits(scope, id))
    expect(await messages.edits(scope, id)).toEqual([])
  })

  test('Y6: a message that was sent is recognised by its id, and a new one is none', async () => {
    const chat = await makeChat(stage.storage)
    const { scope } = chat
    const id = newId()
    await send(stage.storage, chat, 'hello', id)
    const found = await write(stage.storage, scope, async (tx) => [
      await tx.messages.earlier(scope, id),
      await tx.messages.earlier(scope, newId()),
    ])
    expect(found).toMatchObject([{ id, text: 'hello' }, null])
  })

  test('Y8: a client starts from all entries of the kinds that are loaded, and passes over the others', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, conversation } = chat
    const id = newId()
    await send(stage.storage, chat, 'one', id)
    await write(stage.storage, scope, async (tx) =>
      reviseIn(tx, scope, await messageOf(tx, scope, id), 'two'),
    )
    const audience = ofConversation(conversation.id)
    const entry = { audience, kind: 'reach', id: conversation.id } as const
    const data = { conversationId: conversation.id, delivered: 1, seen: 1 }
    const { seq } = await write(stage.storage, scope, (tx) => tx.changes.append(scope, { ...entry, data }))
    const { changes } = stage.storage.read
    const kinds = ['conversation', 'reach'] as const
    expect(await changes.entriesOf(scope, ['org', audience], kinds)).toEqual([{ ...entry, seq, gone: false }])
    expect(await changes.entriesOf(scope, [audience], ['message'])).toMatchObject([{ id, seq: 2 }])
    expect(await changes.entriesOf(scope, [], kinds)).toEqual([])
  })
}

function reactionsContract(stage: Stage): void {
  test('Y4: what somebody says to a message without words is kept once, with the seq that told it', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, ben, conversation } = chat
    const [one, other] = [await send(stage.storage, chat, 'one'), await send(stage.storage, chat, 'other')]
    const of = (memberId: string, messageId: string, number: number) => ({
      messageId,
      conversationId: conversation.id,
      number,
      memberId,
      at: AT,
    })
    await write(stage.storage, scope, async (tx) => {
      await tx.reactions.put(scope, { ...of(ana.id, one.id, 1), emojis: ['👍'], seq: 5 })
      await tx.reactions.put(scope, { ...of(ben.id, one.id, 1), emojis: ['👍', '🙏🏽'], seq: 6 })
      await tx.reactions.put(scope, { ...of(ana.id, other.id, 2), emojis: ['🎉'], seq: 7 })
      await tx.reactions.put(scope, { ...of(ana.id, one.id, 1), emojis: [], seq: 8 })
    })
    const { reactions } = stage.storage.read
    const found = (await reactions.to(scope, [one.id, newId()])).sort((a, b) => a.seq - b.seq)
    expect(found).toEqual([
      { ...of(ben.id, one.id, 1), emojis: ['👍', '🙏🏽'], seq: 6 },
      { ...of(ana.id, one.id, 1), emojis: [], seq: 8 },
    ])
    expect(await reactions.get(scope, other.id, ana.id)).toMatchObject({ emojis: ['🎉'], number: 2 })
    expect(await reactions.get(scope, other.id, ben.id)).toBeNull()
    expect(await reactions.to(scope, [])).toEqual([])
    await write(stage.storage, scope, (tx) => tx.reactions.forgetTo(scope, [one.id]))
    expect((await reactions.to(scope, [one.id, other.id])).map(({ seq }) => seq)).toEqual([7])
  })

  test('a reaction to a message that does not exist is refused', async () => {
    const { scope, ana, conversation } = await makeChat(stage.storage)
    const place = { messageId: newId(), conversationId: conversation.id, number: 1, memberId: ana.id }
    const lost = write(stage.storage, scope, (tx) =>
      tx.reactions.put(scope, { ...place, emojis: ['👍'], at: AT, seq: 1 }),
    )
    await expect(lost).rejects.toThrow()
  })
}
