import { expect, test } from 'vitest'
import type { MessageExtras, MessageRecord } from '../../../domains/messages/message.ts'
import { reviseMessage } from '../../../domains/messages/revise-message.ts'
import { purgeMessages } from '../../../domains/retention/purge-messages.ts'
import { newId } from '../../../kernel/ids.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { AT, makeConversation, makeMember, oneTo, sendIn, write, type Stage } from './contract-fixture.ts'
import { aPreference } from './chat-preferences.contract.ts'
import { newFileId } from './files.contract.ts'
import { chatOf, find, say, takeIn } from './search-fixture.ts'
import type { Storage } from './storage.ts'
import { makeTwin, twinIds } from './twin-organisations.ts'

/** Searching: nobody finds what is not theirs to see, from the same moment on. */
export function searchVisibilityContract(stage: Stage): void {
  membersContract(stage)
  accessContract(stage)
  ownContract(stage)
  changingContract(stage)
  carryingContract(stage)
}

function membersContract(stage: Stage): void {
  test('A4: nobody finds what is said between others', async () => {
    const { scope } = await chatOf(stage.storage, ['a secret coach'])
    const stranger = await makeMember(stage.storage, scope)
    expect(await find(stage.storage, scope, stranger.id, { words: 'coach' })).toEqual([])
    await makeConversation(stage.storage, scope, [stranger.id])
    expect(await find(stage.storage, scope, stranger.id, { words: 'coach' })).toEqual([])
  })

  test('T1: an organisation with the same ids finds its own alone', async () => {
    const ids = twinIds()
    const first = await makeTwin(stage.storage, ids, 'first coach')
    const second = await makeTwin(stage.storage, ids, 'second coach')
    for (const { scope } of [first, second]) await takeIn(stage.storage, scope)
    expect(await find(stage.storage, first.scope, ids.ana, { words: 'coach' })).toEqual(['first coach'])
    expect(await find(stage.storage, second.scope, ids.ana, { words: 'coach' })).toEqual(['second coach'])
  })

  test('who came later finds from there on, who left up to there, and who keeps nothing, nothing', async () => {
    const chat = await chatOf(stage.storage, [])
    const { scope, ana } = chat
    const members = await Promise.all(oneTo(3).map(() => makeMember(stage.storage, scope)))
    const [later, gone, erased] = members.map(({ id }) => id) as [string, string, string]
    const id = newId()
    const group = {
      name: 'Harbour',
      pictureVersion: null,
      description: '',
      adminIds: [ana.id],
      announcementOnly: false,
      membersMayAdd: true,
      newcomersSeeHistory: false,
    }
    await write(stage.storage, scope, async (tx) => {
      await tx.conversations.insert(scope, {
        id,
        kind: 'group',
        memberIds: [ana.id, gone, erased],
        createdBy: ana.id,
        createdAt: AT,
        group,
      })
      for (const index of oneTo(4))
        await sendIn(tx, scope, { conversationId: id, senderId: ana.id, text: `coach ${String(index)}` })
      await tx.conversations.addParticipants(scope, id, [later], {
        from: 3,
        joinedSeq: 3,
        delivered: 2,
        seen: 2,
        quiet: 0,
      })
      await tx.conversations.removeParticipant(scope, id, gone, { until: 2, name: 'Harbour' })
      await tx.conversations.removeParticipant(scope, id, erased, null)
    })
    await takeIn(stage.storage, scope)
    const found = (memberId: string) => find(stage.storage, scope, memberId, { words: 'coach' })
    expect(await found(ana.id)).toEqual(['coach 4', 'coach 3', 'coach 2', 'coach 1'])
    expect(await found(later)).toEqual(['coach 4', 'coach 3'])
    expect(await found(gone)).toEqual(['coach 2', 'coach 1'])
    expect(await found(erased)).toEqual([])
  })
}

function accessContract(stage: Stage): void {
  test('what somebody cleared is found by the others alone', async () => {
    const { scope, ana, ben, conversation } = await chatOf(stage.storage, ['coach 1', 'coach 2', 'coach 3'])
    const cleared = { number: 2, quiet: 0 }
    await write(stage.storage, scope, (tx) =>
      tx.chatPreferences.put(scope, aPreference(ben.id, conversation.id, { cleared })),
    )
    expect(await find(stage.storage, scope, ben.id, { words: 'coach' })).toEqual(['coach 3'])
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toHaveLength(3)
  })

  test('what has disappeared is found by nobody, from its moment on, whether it is deleted yet or not', async () => {
    const chat = await chatOf(stage.storage, ['a coach'])
    const { scope, ana } = chat
    await say(stage.storage, chat, 'a late coach', { expiresAt: AT + 10 })
    await takeIn(stage.storage, scope)
    const found = (now: number) => find(stage.storage, scope, ana.id, { words: 'coach' }, now)
    expect(await found(AT + 9)).toEqual(['a late coach', 'a coach'])
    expect(await found(AT + 10)).toEqual(['a coach'])
  })

  test('what somebody imported is not theirs by `from:` where another wrote it', async () => {
    const { scope, ana } = await chatOf(stage.storage, ['a coach', 'a train'])
    const imported = { by: ana.id, importId: newId(), author: 'Karl' }
    await change(stage.storage, scope, await firstOf(stage.storage, scope), 'a coach', { imported })
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ana.id, { from: [ana.id] })).toEqual(['a train'])
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual(['a coach'])
  })
}

function ownContract(stage: Stage): void {
  test('what somebody deleted for themselves is found by the others alone', async () => {
    const { scope, ana, ben, conversation } = await chatOf(stage.storage, ['coach 1', 'coach 2'])
    const [second] = await stage.storage.read.messages.page(scope, conversation.id, { limit: 1 })
    const place = { conversationId: conversation.id, messageId: second?.id ?? '', number: 2 }
    await write(stage.storage, scope, (tx) =>
      tx.ownMessages.put(scope, { ...place, memberId: ben.id, starredAt: null, hidden: true }),
    )
    expect(await find(stage.storage, scope, ben.id, { words: 'coach' })).toEqual(['coach 1'])
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toHaveLength(2)
  })

  test('A2: whose access is switched off finds nothing', async () => {
    const { scope, ana } = await chatOf(stage.storage, ['coach'])
    await write(stage.storage, scope, (tx) => tx.members.update(scope, ana.id, { state: 'deactivated' }))
    await expect(find(stage.storage, scope, ana.id, { words: 'coach' })).rejects.toMatchObject({
      code: 'member_deactivated',
    })
  })

  test('system lines are found by nothing', async () => {
    const chat = await chatOf(stage.storage, ['coach'])
    const { scope, ana, conversation } = chat
    const notice: MessageRecord['notice'] = {
      what: 'renamed',
      memberIds: [],
      count: 0,
      name: 'coach',
      setting: null,
    }
    await write(stage.storage, scope, (tx) =>
      tx.changes.appendWith(
        scope,
        { audience: `conversation:${conversation.id}`, kind: 'message', id: newId() },
        async (seq) => {
          const draft = {
            id: newId(),
            conversationId: conversation.id,
            senderId: ana.id,
            text: '',
            notice,
            sentAt: AT,
            seq,
          }
          const { seq: _, ...data } = await tx.messages.insert(scope, draft)
          return data
        },
      ),
    )
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ana.id, { from: [ana.id] })).toEqual(['coach'])
  })
}

const change = (storage: Storage, scope: OrgScope, id: string, text: string, extras: MessageExtras) =>
  write(storage, scope, async (tx) => {
    const message = await tx.messages.get(scope, id)
    if (!message) throw new Error('the message was sent')
    const { seq } = await reviseMessage(tx, scope, message, { text, extras })
    if (extras.editedAt) await tx.messages.keepEdit(scope, { messageId: id, seq, text: message.text, at: AT })
  })

async function firstOf(storage: Storage, scope: OrgScope): Promise<string> {
  const [first] = await storage.read.messages.sentAfter(scope, 0, 1)
  return first?.id ?? ''
}

function changingContract(stage: Stage): void {
  test('what was edited is found by what it says now, at once no more by what it said', async () => {
    const { scope, ana } = await chatOf(stage.storage, ['an old coach', 'a new day'])
    await change(stage.storage, scope, await firstOf(stage.storage, scope), 'a late train', { editedAt: AT })
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual([])
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual([])
    expect(await find(stage.storage, scope, ana.id, { words: 'train' })).toEqual(['a late train'])
  })

  test('who has left finds what was edited later as it was for them', async () => {
    const { scope, ana, ben, conversation } = await chatOf(stage.storage, ['an old coach'])
    await write(stage.storage, scope, (tx) =>
      tx.conversations.removeParticipant(scope, conversation.id, ben.id, { until: 1, name: 'Harbour' }),
    )
    await change(stage.storage, scope, await firstOf(stage.storage, scope), 'a late train', { editedAt: AT })
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ben.id, { words: 'train' })).toEqual([])
    expect(await find(stage.storage, scope, ben.id, { words: 'coach' })).toEqual(['an old coach'])
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual([])
  })
}

function carryingContract(stage: Stage): void {
  test('files are found by their names and kinds, and so is what comes without a word', async () => {
    const { scope, ana } = await chatOf(stage.storage, ['signed', 'a coach'])
    const file = { id: newFileId(), type: 'application/pdf', size: 9 } as const
    await change(stage.storage, scope, await firstOf(stage.storage, scope), '', {
      files: [
        { ...file, kind: 'document', name: 'Contract Łódź.pdf' },
        { ...file, kind: 'picture', name: 'beach.jpg' },
      ],
    })
    await takeIn(stage.storage, scope)
    const found = async (asked: Parameters<typeof find>[3]) =>
      (await find(stage.storage, scope, ana.id, asked)).length
    expect(await found({ words: 'lodz beach' })).toBe(1)
    expect(await found({ words: 'lodz coach' })).toBe(0)
    for (const part of ['file', 'picture'] as const)
      expect([part, await found({ has: [part] })]).toEqual([part, 1])
    for (const part of ['voice', 'link'] as const)
      expect([part, await found({ has: [part] })]).toEqual([part, 0])
  })

  test('what was deleted for good is found by nothing at once, and leaves the index, wherever it stood', async () => {
    const texts = oneTo(6).map((number) => `coach ${String(number)}`)
    const { scope, ana, conversation } = await chatOf(stage.storage, texts)
    const stored = await stage.storage.read.messages.sentAfter(scope, 0, 10)
    const doomed = [stored[0], stored[3]].filter((one) => one !== undefined)
    await write(stage.storage, scope, (tx) =>
      purgeMessages(
        tx,
        scope,
        doomed,
        { why: 'expired', days: null, memberId: null },
        { forget: [], now: AT },
      ),
    )
    const left = ['coach 6', 'coach 5', 'coach 3', 'coach 2']
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual(left)
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual(left)
    // even if their rows came back, the index would not lead to them
    const sent = doomed.map(({ seq, id }) => ({ seq, id }))
    await write(stage.storage, scope, async (tx) => {
      for (const { number, quiet, ...draft } of doomed)
        await tx.messages.insert(scope, { ...draft, id: newId() })
    })
    const wanted = {
      tokens: [['coa']],
      conversationIds: [conversation.id],
      after: 0,
      before: AT * 2,
      below: 99,
    }
    const { messages } = await stage.storage.search.look(scope, { ...wanted, limit: 10 })
    expect(messages.map(({ seq }) => seq).filter((seq) => sent.some((one) => one.seq === seq))).toEqual([])
  })

  test('what was deleted for everybody is found by nothing at once, and leaves the index', async () => {
    const { scope, ana, conversation } = await chatOf(stage.storage, ['a coach', 'a harbour'])
    await change(stage.storage, scope, await firstOf(stage.storage, scope), '', { deletedAt: AT })
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual([])
    expect(await find(stage.storage, scope, ana.id, { from: [ana.id] })).toEqual(['a harbour'])
    await takeIn(stage.storage, scope)
    const wanted = {
      tokens: [['coa']],
      conversationIds: [conversation.id],
      after: 0,
      before: AT * 2,
      below: 99,
    }
    expect((await stage.storage.search.look(scope, { ...wanted, limit: 5 })).messages).toEqual([])
  })
}
