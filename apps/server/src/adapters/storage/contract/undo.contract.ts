import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import {
  AT,
  makeChat,
  makeMember,
  makeOrganisation,
  noteDepartment,
  numbersOf,
  oneTo,
  send,
  sendIn,
  write,
  type Stage,
} from './contract-fixture.ts'

/** T4: a throw undoes everything. */
export function undoContract(stage: Stage): void {
  edgesContract(stage)

  test('T4: a throw undoes every write, the change feed included', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, ben, conversation } = chat
    await send(stage.storage, chat)
    const audience = `conversation:${conversation.id}` as const
    const snapshot = async () => ({
      head: await stage.storage.read.changes.head(scope),
      heads: await stage.storage.read.changes.heads(scope, ['org', audience]),
      entries: await stage.storage.read.changes.entriesSince(scope, ['org', audience], 0, 100),
      messages: await stage.storage.read.messages.page(scope, conversation.id, { limit: 10 }),
      newest: await stage.storage.read.messages.newestOf(scope, [conversation.id]),
      marks: await stage.storage.read.conversations.marksOf(scope, [conversation.id]),
      members: await stage.storage.read.members.list(scope),
      ofAna: await stage.storage.read.conversations.idsOf(scope, ana.id),
    })
    const before = await snapshot()
    const failing = stage.storage.transactions.run(scope, async (tx) => {
      await sendIn(tx, scope, { conversationId: conversation.id, senderId: ben.id })
      await noteDepartment(tx, scope, 'org', newId())
      await tx.members.update(scope, ana.id, { name: 'Nobody' })
      const other = {
        id: newId(),
        kind: 'direct',
        memberIds: [ana.id],
        createdBy: ana.id,
        createdAt: AT,
        group: null,
      } as const
      await tx.conversations.insert(scope, other)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await snapshot()).toEqual(before)
    const next = await send(stage.storage, chat)
    expect(next).toMatchObject({ prev: before.head, data: { number: 2 } })
    expect(next.seq).toBeGreaterThan(before.head)
  })

  test('T4: one that throws takes none of its neighbours with it', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const outcomes = await Promise.allSettled(
      oneTo(40).map((index) =>
        stage.storage.transactions.run(scope, async (tx) => {
          await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id, text: String(index) })
          if (index % 4 === 0) throw new Error(`refused ${index}`)
        }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
    const page = await stage.storage.read.messages.page(scope, conversation.id, { limit: 100 })
    expect(numbersOf(page)).toEqual(oneTo(30))
    expect(page.filter(({ text }) => Number(text) % 4 === 0)).toEqual([])
    expect(await stage.storage.read.changes.head(scope)).toBe(page.at(-1)?.seq)
    expect(await stage.storage.read.conversations.mark(scope, conversation.id, ana.id)).toMatchObject({
      seen: 30,
    })
  })
}

function edgesContract(stage: Stage): void {
  test('T4: an error that the work caught itself does not undo the rest', async () => {
    const scope = await makeOrganisation(stage.storage)
    const taken = await makeMember(stage.storage, scope)
    const id = newId()
    await write(stage.storage, scope, async (tx) => {
      await tx.departments.insert(scope, { id, name: 'Sales' })
      await tx.members.insert(scope, { ...taken, id: newId() }).catch(() => undefined)
    })
    expect(await stage.storage.read.departments.get(scope, id)).toEqual({ id, name: 'Sales' })
    expect(await stage.storage.read.members.list(scope)).toHaveLength(1)
  })

  test('T4: what a finished transaction handed out writes nothing any more', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { result: late } = await stage.storage.transactions.run(scope, (tx) => Promise.resolve({ tx }))
    await expect(late.tx.departments.insert(scope, { id: newId(), name: 'Late' })).rejects.toThrow()
    expect(await stage.storage.read.departments.list(scope)).toEqual([])
  })

  test('Y1: a transaction hands back exactly its own changes, in order of seq', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    const runs = await Promise.all(
      oneTo(10).map(() =>
        stage.storage.transactions.run(scope, async (tx) => [
          await noteDepartment(tx, scope, 'org', newId()),
          await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id }),
        ]),
      ),
    )
    for (const { result, changes } of runs) expect(changes).toEqual(result)
    const reading = await stage.storage.transactions.run(scope, (tx) => tx.members.list(scope))
    expect(reading.changes).toEqual([])
  })
}
