import { expect, test } from 'vitest'
import type { ImportRecord } from '../../../domains/imports/import.ts'
import { newId } from '../../../kernel/ids.ts'
import { AT, makeChat, oneTo, write, type Stage } from './contract-fixture.ts'

export const anImport = (
  conversationId: string,
  startedBy: string,
  given: Partial<ImportRecord> = {},
): ImportRecord => ({
  id: newId(),
  conversationId,
  startedBy,
  startedAt: AT,
  endedAt: null,
  chatName: 'Harbour',
  state: 'running',
  failure: null,
  total: 3,
  done: 0,
  imported: 0,
  repeated: 0,
  tooOld: 0,
  unreadable: 0,
  files: 0,
  filesMissing: 0,
  fileId: 'AAAAAAAAAAAAAAAAAAAAAA',
  digest: 'ab'.repeat(32),
  timeZone: 'Europe/Lisbon',
  dateOrder: 'day-first',
  people: [{ name: 'Mei', memberId: null }],
  noticeId: newId(),
  undoneBy: null,
  ...given,
})

export const aFingerprint = (n: number): string => n.toString(16).padStart(32, '0')

/** Imports of chats, and which messages came with them. */
export function importsContract(stage: Stage): void {
  const started = async () => {
    const chat = await makeChat(stage.storage)
    const { scope, conversation, ana } = chat
    const record = anImport(conversation.id, ana.id)
    await write(stage.storage, scope, (tx) => tx.imports.insert(scope, record))
    return { ...chat, record, read: stage.storage.read.imports }
  }
  const rows = (conversationId: string, importId: string, ...numbers: number[]) =>
    numbers.map((number) => ({ conversationId, importId, number, fingerprint: aFingerprint(number) }))

  test('an import is kept as it is, changed, and listed with the newest first', async () => {
    const { scope, conversation, ana, record, read } = await started()
    expect(await read.get(scope, record.id)).toEqual(record)
    expect(await read.unfinished(scope, 10)).toEqual([record])
    const done = { ...record, state: 'done', done: 3, endedAt: AT + 5 } as const
    await write(stage.storage, scope, (tx) =>
      tx.imports.update(scope, record.id, { state: 'done', done: 3, endedAt: AT + 5 }),
    )
    const later = anImport(conversation.id, ana.id, { startedAt: AT + 1, state: 'undoing' })
    await write(stage.storage, scope, (tx) => tx.imports.insert(scope, later))
    expect(await read.ofConversation(scope, conversation.id, 10)).toEqual([later, done])
    expect(await read.ofConversation(scope, conversation.id, 1)).toEqual([later])
    expect(await read.unfinished(scope, 10)).toEqual([later])
  })

  test('all imports of an organisation are gone through in the order of their ids, page by page', async () => {
    const { scope, conversation, ana, record, read } = await started()
    const others = oneTo(4).map(() => anImport(conversation.id, ana.id, { state: 'done' }))
    await write(stage.storage, scope, async (tx) => {
      for (const one of others) await tx.imports.insert(scope, one)
    })
    const ids = [record, ...others].map(({ id }) => id).sort()
    const first = await read.idsAfter(scope, null, 3)
    expect([first, await read.idsAfter(scope, first.at(-1) ?? null, 3)]).toEqual([
      ids.slice(0, 3),
      ids.slice(3),
    ])
    expect(await read.idsAfter(scope, ids.at(-1) ?? null, 3)).toEqual([])
  })

  test('which message came with which import is known by what it says, and by its number', async () => {
    const { scope, conversation, record, read } = await started()
    await write(stage.storage, scope, (tx) =>
      tx.imports.takeDown(scope, rows(conversation.id, record.id, 4, 2, 9)),
    )
    const asked = oneTo(9).map(aFingerprint)
    const known = await read.known(scope, conversation.id, asked)
    expect([...known].sort()).toEqual([2, 4, 9].map(aFingerprint))
    expect(await read.numbersOf(scope, record.id, 1, 10)).toEqual([2, 4, 9])
    expect(await read.numbersOf(scope, record.id, 3, 1)).toEqual([4])
    await write(stage.storage, scope, (tx) => tx.imports.forget(scope, record.id, [2, 9, 77]))
    expect(await read.numbersOf(scope, record.id, 1, 10)).toEqual([4])
    expect((await read.known(scope, conversation.id, asked)).size).toBe(1)
  })

  test('a fingerprint is in a conversation once', async () => {
    const { scope, conversation, record, read } = await started()
    await write(stage.storage, scope, (tx) => tx.imports.takeDown(scope, rows(conversation.id, record.id, 1)))
    const again = rows(conversation.id, record.id, 1).map((row) => ({ ...row, number: 2 }))
    await expect(write(stage.storage, scope, (tx) => tx.imports.takeDown(scope, again))).rejects.toThrow()
    expect(await read.numbersOf(scope, record.id, 1, 10)).toEqual([1])
  })

  test('T4: a throw takes an import and what it brought back', async () => {
    const { scope, conversation, record, read } = await started()
    await expect(
      write(stage.storage, scope, async (tx) => {
        await tx.imports.takeDown(scope, rows(conversation.id, record.id, 1))
        await tx.imports.update(scope, record.id, { done: 1 })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await read.get(scope, record.id)).toEqual(record)
    expect(await read.known(scope, conversation.id, [aFingerprint(1)])).toEqual(new Set())
  })
}
