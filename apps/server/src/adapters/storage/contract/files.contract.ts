import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { FileLink, FileRecord } from '../../../domains/files/file.ts'
import { newId } from '../../../kernel/ids.ts'
import {
  AT,
  makeChat,
  makeConversation,
  makeOrganisation,
  oneTo,
  write,
  type Stage,
} from './contract-fixture.ts'

/** As clients make them. */
export const newFileId = (): string => randomBytes(16).toString('base64url')

export function aFile(given: Partial<FileRecord> = {}): FileRecord {
  return {
    id: newFileId(),
    uploaderId: newId(),
    state: 'finished',
    name: 'Plan – 計画.pdf',
    kind: 'document',
    type: 'application/pdf',
    uploadSize: 1_000,
    size: 900,
    part: 'original',
    facts: { pages: 3 },
    hasPreview: false,
    key: { keyId: 'a1', wrapped: 'AAAA' },
    createdAt: AT,
    expiresAt: AT + 1_000,
    links: 0,
    ...given,
  }
}

export const aLink = (given: Pick<FileLink, 'fileId' | 'conversationId'> & Partial<FileLink>): FileLink => ({
  number: 1,
  position: 0,
  messageId: newId(),
  senderId: newId(),
  sentAt: AT,
  seq: 1,
  list: 'documents',
  expiresAt: null,
  ...given,
})

/** A8, T1, T3: what is noted of files. The bytes are a matter of the blobs' contract. */
export function filesContract(stage: Stage): void {
  rowsContract(stage)
  linksContract(stage)
}

function rowsContract(stage: Stage): void {
  test('Y6: a file is found by the id that its client made, as it was written, and as it was changed', async () => {
    const scope = await makeOrganisation(stage.storage)
    const file = aFile()
    await write(stage.storage, scope, (tx) => tx.files.insert(scope, file))
    expect(await stage.storage.read.files.get(scope, file.id)).toEqual(file)
    for (const id of [newFileId(), newId(), 'x', `${file.id}=`])
      expect(await stage.storage.read.files.get(scope, id)).toBeNull()
    const patch = {
      state: 'finished',
      name: 'b.jpg',
      kind: 'picture',
      type: 'image/jpeg',
      size: 7,
      part: 'picture',
      facts: { width: 1, height: 2, blur: 'AA==' },
      hasPreview: true,
      key: { keyId: 'b2', wrapped: 'BBBB' },
      expiresAt: null,
      links: 2,
    } as const
    await write(stage.storage, scope, async (tx) => {
      await tx.files.update(scope, file.id, patch)
      expect(await tx.files.get(scope, file.id)).toEqual({ ...file, ...patch })
      await tx.files.update(scope, newFileId(), patch)
    })
    const reopened = (await stage.reopen?.()) ?? stage.storage
    expect(await reopened.read.files.get(scope, file.id)).toEqual({ ...file, ...patch })
    await write(stage.storage, scope, (tx) => tx.files.remove(scope, file.id))
    expect(await stage.storage.read.files.get(scope, file.id)).toBeNull()
  })

  test('what expires, is unsent, or has an old key is found, up to a limit', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { files } = stage.storage.read
    const uploaderId = newId()
    const made = oneTo(5).map((index) => aFile({ uploaderId, expiresAt: AT + index * 10 }))
    const sent = aFile({ uploaderId, expiresAt: null, links: 1, key: { keyId: 'b2', wrapped: 'x' } })
    await write(stage.storage, scope, async (tx) => {
      for (const file of [...made, sent, aFile({ expiresAt: AT * 2 })]) await tx.files.insert(scope, file)
    })
    expect(await files.expired(scope, AT + 30, 10)).toEqual(made.slice(0, 3))
    expect(await files.expired(scope, AT + 90, 2)).toEqual(made.slice(0, 2))
    expect(await files.countUnsent(scope, uploaderId, 10)).toBe(5)
    expect(await files.countUnsent(scope, uploaderId, 3)).toBe(3)
    expect(await files.sealedUnder(scope, 'b2', 10)).toEqual([sent])
    expect(await files.sealedUnder(scope, 'a1', 4)).toHaveLength(4)
    expect(await files.otherKeyId(scope, ['a1'])).toBe('b2')
    expect(await files.otherKeyId(scope, ['b2', 'c3'])).toBe('a1')
    expect(await files.otherKeyId(scope, ['b2', 'a1'])).toBeNull()
  })

  countsContract(stage)
}

function countsContract(stage: Stage): void {
  test('T3: what is used is exact, however many are added at once, and never below nothing', async () => {
    const scope = await makeOrganisation(stage.storage)
    const add = (bytes: number) => write(stage.storage, scope, (tx) => tx.files.addUsedBytes(scope, bytes))
    await Promise.all([...oneTo(40).map((index) => add(index * 2 ** 33)), ...oneTo(40).map(() => add(-5))])
    const sum = 820 * 2 ** 33
    // some of those 5 may have been taken when there was nothing yet
    const used = await stage.storage.read.files.usedBytes(scope)
    expect(used).toBeGreaterThanOrEqual(sum - 200)
    expect(used).toBeLessThanOrEqual(sum)
    await add(-used - 1)
    expect(await stage.storage.read.files.usedBytes(scope)).toBe(0)
    await expect(
      write(stage.storage, scope, async (tx) => {
        await tx.files.addUsedBytes(scope, 77)
        expect(await tx.files.usedBytes(scope)).toBe(77)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await stage.storage.read.files.usedBytes(scope)).toBe(0)
  })

  test('bytes that have to go are remembered until they are gone', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { files } = stage.storage.read
    const [one, two] = [newFileId(), newFileId()]
    await write(stage.storage, scope, async (tx) => {
      await tx.files.queueRemoval(scope, { fileId: one, part: 'all' })
      await tx.files.queueRemoval(scope, { fileId: one, part: 'all' })
      await tx.files.queueRemoval(scope, { fileId: two, part: 'original' })
    })
    expect(await files.removals(scope, 10)).toHaveLength(2)
    expect(await files.removals(scope, 1)).toHaveLength(1)
    expect(await files.isBeingRemoved(scope, one)).toBe(true)
    expect(await files.isBeingRemoved(scope, two)).toBe(false)
    await write(stage.storage, scope, (tx) => tx.files.forgetRemoval(scope, { fileId: one, part: 'all' }))
    expect(await files.removals(scope, 10)).toEqual([{ fileId: two, part: 'original' }])
    expect(await files.isBeingRemoved(scope, one)).toBe(false)
  })
}

function linksContract(stage: Stage): void {
  test('the messages that carry a file are found from either end, and in the lists of their conversation', async () => {
    const { scope, conversation, ana } = await makeChat(stage.storage)
    const { files } = stage.storage.read
    const other = await makeConversation(stage.storage, scope, [ana.id])
    const [one, two] = [aFile({ kind: 'picture' }), aFile()]
    const here = conversation.id
    const links = [
      aLink({ fileId: one.id, conversationId: here, number: 3, seq: 30, list: 'media', sentAt: AT + 8 }),
      aLink({ fileId: two.id, conversationId: here, number: 3, seq: 30, position: 1, sentAt: AT + 8 }),
      aLink({
        ...{ fileId: one.id, conversationId: here, number: 4, seq: 40, list: 'media' },
        ...{ sentAt: AT + 7, expiresAt: AT + 5 },
      }),
      aLink({ fileId: one.id, conversationId: other.id, number: 1, seq: 41, list: 'media' }),
      aLink({ fileId: two.id, conversationId: here, number: 9, seq: 90, sentAt: AT + 6 }),
    ]
    await write(stage.storage, scope, async (tx) => {
      for (const file of [one, two]) await tx.files.insert(scope, file)
      for (const link of links) await tx.files.link(scope, link)
      expect(await tx.files.linksOfMessage(scope, here, 3)).toEqual(links.slice(0, 2))
    })
    const ofOne = [links[0], links[2], links[3]]
    expect(await files.linksOf(scope, one.id, 0, 10)).toEqual(ofOne)
    expect(await files.linksOf(scope, one.id, 30, 1)).toEqual([links[2]])
    expect(await files.linksOf(scope, newFileId(), 0, 10)).toEqual([])
    expect(await files.linksOfMessage(scope, here, 3)).toEqual(links.slice(0, 2))
    const listed = (list: FileLink['list'], from: number, before: number, limit = 10) =>
      files.listed(scope, here, list, { from, before, limit })
    expect(await listed('media', 1, 100)).toEqual([links[2], links[0]])
    expect(await listed('documents', 1, 100, 1)).toEqual([links[4]])
    expect(await listed('documents', 1, 9)).toEqual([links[1]])
    expect(await listed('media', 4, 100)).toEqual([links[2]])
    expect(await listed('voice', 1, 100)).toEqual([])
    const old = async (moment: number, limit = 10) => files.sentBefore(scope, here, moment, limit)
    expect(await old(AT + 8)).toEqual([links[4], links[2]])
    expect(await old(AT + 8, 1)).toEqual([links[4]])
    expect(await old(AT + 9)).toHaveLength(4)
    await write(stage.storage, scope, (tx) => tx.files.unlinkMessage(scope, here, 3))
    expect(await files.linksOf(scope, one.id, 0, 10)).toEqual(ofOne.slice(1))
    expect(await files.linksOfMessage(scope, here, 3)).toEqual([])
    expect(await listed('documents', 1, 100)).toEqual([links[4]])
  })

  test('T1: a link needs a conversation and a file of the same organisation', async () => {
    const { scope, conversation } = await makeChat(stage.storage)
    const elsewhere = await makeOrganisation(stage.storage)
    const [here, there] = [aFile(), aFile()]
    await write(stage.storage, scope, (tx) => tx.files.insert(scope, here))
    await write(stage.storage, elsewhere, (tx) => tx.files.insert(elsewhere, there))
    const link = (at: typeof scope, fileId: string, conversationId: string) =>
      write(stage.storage, at, (tx) => tx.files.link(at, aLink({ fileId, conversationId })))
    await expect(link(scope, there.id, conversation.id)).rejects.toThrow('a link needs')
    await expect(link(scope, here.id, newId())).rejects.toThrow('a link needs')
    await expect(link(elsewhere, there.id, conversation.id)).rejects.toThrow('a link needs')
    await link(scope, here.id, conversation.id)
  })
}
