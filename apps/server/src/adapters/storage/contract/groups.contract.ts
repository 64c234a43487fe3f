import { expect, test } from 'vitest'
import type { ConversationRecord, GroupRecord } from '../../../domains/conversations/conversation.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'
import { newId } from '../../../kernel/ids.ts'
import { AT, makeMember, makeOrganisation, oneTo, sendIn, write, type Stage } from './contract-fixture.ts'

const group: GroupRecord = {
  name: 'Harbour',
  description: 'All about the harbour',
  pictureVersion: 'v1',
  adminIds: [],
  announcementOnly: false,
  membersMayAdd: true,
  newcomersSeeHistory: false,
}

const joining = { from: 3, joinedSeq: 7, delivered: 3, seen: 3, quiet: 2 }

async function makeGroup({ storage }: Stage) {
  const scope = await makeOrganisation(storage)
  const [ana, ben, cleo] = [
    await makeMember(storage, scope),
    await makeMember(storage, scope),
    await makeMember(storage, scope),
  ]
  const conversation: ConversationRecord = {
    id: newId(),
    kind: 'group',
    memberIds: [ana.id, ben.id],
    createdBy: ana.id,
    createdAt: AT,
    group: { ...group, adminIds: [ana.id] },
  }
  await write(storage, scope, (tx) => tx.conversations.insert(scope, conversation))
  return { scope, ana, ben, cleo, conversation, id: conversation.id }
}

/** Groups: what they are, and who takes part in them. */
export function groupsContract(stage: Stage): void {
  recordsContract(stage)
  participantsContract(stage)
  undoneContract(stage)
  countsContract(stage)
}

function recordsContract(stage: Stage): void {
  test('a group is kept as it is, beside others of the same people', async () => {
    const { scope, ana, ben, conversation, id } = await makeGroup(stage)
    const second = { ...conversation, id: newId() }
    await write(stage.storage, scope, (tx) => tx.conversations.insert(scope, second))
    const { conversations } = stage.storage.read
    expect(await conversations.get(scope, id)).toEqual(conversation)
    expect(await conversations.getMany(scope, [id, second.id])).toHaveLength(2)
    expect(await conversations.findDirect(scope, ana.id, ben.id)).toBeNull()
  })

  test('a change of a group leaves what it does not name, and its undoing leaves everything', async () => {
    const { scope, conversation, id } = await makeGroup(stage)
    const patch = { name: 'Pier', announcementOnly: true }
    const failing = stage.storage.transactions.run(scope, async (tx) => {
      await tx.conversations.updateGroup(scope, id, patch)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await stage.storage.read.conversations.get(scope, id)).toEqual(conversation)
    await write(stage.storage, scope, (tx) => tx.conversations.updateGroup(scope, id, patch))
    const after = await stage.storage.read.conversations.get(scope, id)
    expect(after).toEqual({ ...conversation, group: { ...conversation.group, ...patch } })
  })
}

function participantsContract(stage: Stage): void {
  test('who joins comes last, with a mark and a view of their own', async () => {
    const { scope, ana, ben, cleo, id } = await makeGroup(stage)
    const { conversations } = stage.storage.read
    expect(await conversations.idsOf(scope, cleo.id)).toEqual([])
    expect(await conversations.newestJoin(scope, id)).toBe(0)
    await write(stage.storage, scope, (tx) => tx.conversations.addParticipants(scope, id, [cleo.id], joining))
    expect((await conversations.get(scope, id))?.memberIds).toEqual([ana.id, ben.id, cleo.id])
    expect(await conversations.idsOf(scope, cleo.id)).toEqual([id])
    expect(await conversations.mark(scope, id, cleo.id)).toMatchObject({ ...joining, seq: 0, kept: null })
    expect(await conversations.mark(scope, id, ana.id)).toMatchObject({ from: 1, joinedSeq: 0, seen: 0 })
    expect(await conversations.newestJoin(scope, id)).toBe(7)
    expect((await conversations.participants(scope, id)).map(({ memberId }) => memberId)).toEqual([
      ana.id,
      ben.id,
      cleo.id,
    ])
  })

  test('who is gone takes no part, and keeps what was left to them or nothing at all', async () => {
    const { scope, ana, ben, cleo, id } = await makeGroup(stage)
    const { conversations } = stage.storage.read
    const kept = { until: 4, name: 'Harbour' }
    await write(stage.storage, scope, async (tx) => {
      await tx.conversations.addParticipants(scope, id, [cleo.id], joining)
      await tx.conversations.removeParticipant(scope, id, ben.id, kept)
      await tx.conversations.removeParticipant(scope, id, cleo.id, null)
    })
    expect((await conversations.get(scope, id))?.memberIds).toEqual([ana.id])
    expect(await conversations.idsOf(scope, ben.id)).toEqual([])
    expect(await conversations.mark(scope, id, ben.id)).toMatchObject({ kept })
    expect(await conversations.mark(scope, id, cleo.id)).toBeNull()
    expect(await conversations.ownMarks(scope, ben.id, [id, newId()])).toMatchObject([{ kept }])
    expect(await conversations.marksOf(scope, [id])).toMatchObject([{ memberId: ana.id }])
  })

  test('Y9: how much somebody may read follows their coming and going, and so does who has left something', async () => {
    const { scope, ana, ben, cleo, id } = await makeGroup(stage)
    const { conversations } = stage.storage.read
    const all = { conversationId: id, from: 1, until: Infinity }
    const readable = () => Promise.all([ana, ben, cleo].map((one) => conversations.readableBy(scope, one.id)))
    expect(await readable()).toEqual([[all], [all], []])
    expect(await conversations.seenByAllFrom(scope, id)).toBe(1)
    const kept = { until: 4, name: 'Harbour' }
    await write(stage.storage, scope, async (tx) => {
      await tx.conversations.addParticipants(scope, id, [cleo.id], joining)
      await tx.conversations.removeParticipant(scope, id, ben.id, kept)
    })
    expect(await readable()).toEqual([[all], [{ ...all, until: 4 }], [{ ...all, from: 3 }]])
    expect(await conversations.formerParticipants(scope, id)).toMatchObject([{ memberId: ben.id, kept }])
    expect(await conversations.seenByAllFrom(scope, id)).toBe(3)
    await write(stage.storage, scope, async (tx) => {
      await tx.conversations.addParticipants(scope, id, [ben.id], joining)
      await tx.conversations.removeParticipant(scope, id, cleo.id, null)
    })
    expect(await readable()).toEqual([[all], [{ ...all, from: 3 }], []])
    expect(await conversations.formerParticipants(scope, id)).toEqual([])
  })

  test('who comes back stands last, and keeps nothing apart from the group', async () => {
    const { scope, ana, ben, id } = await makeGroup(stage)
    const { conversations } = stage.storage.read
    await write(stage.storage, scope, (tx) =>
      tx.conversations.removeParticipant(scope, id, ana.id, { until: 2, name: 'Harbour' }),
    )
    await write(stage.storage, scope, (tx) => tx.conversations.addParticipants(scope, id, [ana.id], joining))
    expect((await conversations.get(scope, id))?.memberIds).toEqual([ben.id, ana.id])
    expect(await conversations.mark(scope, id, ana.id)).toMatchObject({ ...joining, kept: null })
    expect(await conversations.idsOf(scope, ana.id)).toEqual([id])
  })
}

function undoneContract(stage: Stage): void {
  test('T4: joining and leaving are undone with their transaction', async () => {
    const { scope, ana, ben, cleo, conversation, id } = await makeGroup(stage)
    const failing = stage.storage.transactions.run(scope, async (tx) => {
      await tx.conversations.addParticipants(scope, id, [cleo.id], joining)
      await tx.conversations.removeParticipant(scope, id, ana.id, null)
      await tx.conversations.setReach(scope, id, { delivered: 5, seen: 5 })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    const { conversations } = stage.storage.read
    expect(await conversations.get(scope, id)).toEqual(conversation)
    expect(await conversations.idsOf(scope, cleo.id)).toEqual([])
    expect(await conversations.idsOf(scope, ana.id)).toEqual([id])
    expect(await conversations.participants(scope, id)).toMatchObject([
      { memberId: ana.id },
      { memberId: ben.id },
    ])
    expect(await conversations.reach(scope, id)).toEqual({ delivered: 0, seen: 0 })
  })

  test('Y11: reach and the times of marks are kept', async () => {
    const { scope, ben, id } = await makeGroup(stage)
    await write(stage.storage, scope, async (tx) => {
      await tx.conversations.setReach(scope, id, { delivered: 5, seen: 2 })
      const at = { conversationId: id, memberId: ben.id }
      await tx.conversations.raiseMark(scope, { ...at, delivered: 5, seen: 2, quiet: 1, at: AT })
      await tx.conversations.raiseMark(scope, { ...at, delivered: 5, seen: 3, quiet: 1, at: AT + 1 })
      await tx.conversations.raiseMark(scope, { ...at, delivered: 4, seen: 1, quiet: 0, at: AT + 2 })
    })
    const { conversations } = stage.storage.read
    expect(await conversations.reach(scope, id)).toEqual({ delivered: 5, seen: 2 })
    const times = { deliveredAt: AT, seenAt: AT + 1 }
    const mark = { delivered: 5, seen: 3, quiet: 1, seq: 0, ...times }
    expect(await conversations.mark(scope, id, ben.id)).toMatchObject(mark)
  })
}

function countsContract(stage: Stage): void {
  test('Y12: every message knows how many system lines there are up to it', async () => {
    const { scope, ana, id } = await makeGroup(stage)
    const notice: MessageRecord['notice'] = {
      what: 'renamed',
      memberIds: [],
      count: 0,
      name: 'Pier',
      setting: null,
    }
    const line = async (seq: number) => {
      const draft = { id: newId(), conversationId: id, senderId: ana.id, text: '', notice, sentAt: AT, seq }
      return write(stage.storage, scope, (tx) => tx.messages.insert(scope, draft))
    }
    const text = () =>
      write(stage.storage, scope, (tx) => sendIn(tx, scope, { conversationId: id, senderId: ana.id }))
    expect(await line(1_000)).toMatchObject({ number: 1, quiet: 1, notice })
    expect((await text()).data).toMatchObject({ number: 2, quiet: 1, notice: null })
    expect(await line(1_001)).toMatchObject({ number: 3, quiet: 2 })
    const { conversations, messages } = stage.storage.read
    const quiet = await Promise.all(oneTo(4).map((number) => conversations.quietUpTo(scope, id, number)))
    expect(quiet).toEqual([1, 1, 2, 2])
    expect(await messages.page(scope, id, { limit: 10 })).toMatchObject([
      { notice, quiet: 1 },
      { notice: null, quiet: 1 },
      { notice, quiet: 2 },
    ])
  })

  test('a page ends where what may be seen ends, on either side', async () => {
    const { scope, ana, id } = await makeGroup(stage)
    await write(stage.storage, scope, async (tx) => {
      for (const index of oneTo(9))
        await sendIn(tx, scope, { conversationId: id, senderId: ana.id, text: String(index) })
    })
    const page = async (options: { before?: number; from?: number; limit: number }) =>
      (await stage.storage.read.messages.page(scope, id, options)).map(({ number }) => number)
    expect(await page({ from: 7, limit: 10 })).toEqual([7, 8, 9])
    expect(await page({ from: 3, before: 6, limit: 10 })).toEqual([3, 4, 5])
    expect(await page({ from: 3, before: 6, limit: 1 })).toEqual([5])
    expect(await page({ from: 10, limit: 10 })).toEqual([])
  })
}
