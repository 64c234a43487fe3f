import { afterEach, beforeEach, expect, test } from 'vitest'
import { aFile } from '../../adapters/storage/contract/files.contract.ts'
import { anImport, aFingerprint } from '../../adapters/storage/contract/imports.contract.ts'
import type { StorageTx } from '../../adapters/storage/contract/storage.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeCommunication } from '../communication/change-communication.ts'
import { createGroup } from '../groups/create-group.ts'
import { purgeImported } from '../imports/purge-imported.ts'
import { storeImported } from '../imports/store-imported.ts'
import { forgetImported } from '../imports/take-back.ts'
import { countUnread } from '../messages/count-unread.ts'
import { sendMessage } from '../messages/send-message.ts'
import { setDisappearing } from '../messages/set-disappearing.ts'
import { purgeExpiredMessages } from './purge-expired-messages.ts'
import { purgeOldFiles } from './purge-old-files.ts'
import { purgeOldMessages } from './purge-old-messages.ts'

const DAY = 24 * 60 * 60 * 1000

let office: TestOrganisation
let amina: Actor
let mei: Actor
let group: string
let prints = 0

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId] }
  group = (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW - 400 * DAY))).id
})

afterEach(() => office.close())

const say = (text: string, daysAgo: number, files: string[] = []) =>
  office.run((tx) => {
    const message = { id: newId(), conversationId: group, text, ...(files.length > 0 && { files }) }
    return sendMessage(tx, amina, message, TEST_NOW - daysAgo * DAY)
  })
/** An import of its own, with one message. */
const bring = (text: string, daysAgo: number, given: Partial<ReturnType<typeof aFile>> | null = null) =>
  office.run(async (tx) => {
    const file = given && aFile({ uploaderId: amina.memberId, ...given })
    if (file) await tx.files.insert(office.scope, file)
    const record = anImport(group, amina.memberId, { startedAt: TEST_NOW })
    await tx.imports.insert(office.scope, record)
    const planned = {
      ...{ place: 1, author: 'Nadia', memberId: null, sentAt: TEST_NOW - daysAgo * DAY, pieces: [text] },
      ...{
        fingerprints: [aFingerprint((prints += 1))],
        attachment: null,
        omitted: false,
        edited: false,
        deleted: false,
      },
    }
    await storeImported(tx, amina, record, [{ ...planned, file }], { keptSince: 0, now: TEST_NOW })
    return file?.id ?? ''
  })
const upload = async () => {
  const file = aFile({ uploaderId: amina.memberId })
  await office.run((tx) => tx.files.insert(office.scope, file))
  return file.id
}
const keep = (rules: { messageRetention?: 90 | null; fileRetention?: 30 | null }) =>
  office.run((tx) => changeCommunication(tx, amina, rules))
const deps = {
  run: <T>(_scope: unknown, work: (tx: StorageTx) => Promise<T>) => office.run(work),
}
const texts = async () =>
  (await office.storage.read.messages.page(office.scope, group, { limit: 1_000 })).flatMap(({ text }) =>
    text === '' ? [] : [text],
  )

test('Files go by their age, whatever stands above them', async () => {
  const [kept, old] = [await upload(), await upload()]
  await say('an old file', 40, [old])
  await say('a new file', 1, [kept])
  const imported = await bring('an imported file', 300, {})
  await say('a word', 0)
  await keep({ fileRetention: 30 })
  const { read } = office.storage
  await purgeOldFiles({ ...deps, read }, office.scope, TEST_NOW, () => false)
  const there = async (id: string) => (await read.files.get(office.scope, id)) !== null
  expect([await there(kept), await there(old), await there(imported)]).toEqual([true, false, false])
  expect(await texts()).toEqual(['an old file', 'a new file', 'an imported file', 'a word'])
})

test('Messages go by their age, of however many imports, and newer ones between them stay', async () => {
  await say('old', 100)
  await say('young', 80)
  await bring('imported first', 300)
  for (let count = 0; count < 101; count += 1) await bring('imported and young', 10)
  await bring('imported last', 200)
  await say('new', 0)
  await keep({ messageRetention: 90 })
  const { read } = office.storage
  const given = { ...deps, read, forget: [forgetImported] }
  await purgeOldMessages(given, office.scope, TEST_NOW, () => false)
  await purgeImported({ ...given, now: () => TEST_NOW }, office.scope, () => false)
  expect(new Set(await texts())).toEqual(new Set(['young', 'imported and young', 'new']))
  expect(await texts()).toHaveLength(103)
})

test('A rule taken back in the middle stops it there, for files and for what was imported', async () => {
  for (let count = 0; count < 2; count += 1) await bring('imported', 300)
  for (let count = 0; count < 60; count += 1) await say('a file', 40, [await upload()])
  await keep({ messageRetention: 90, fileRetention: 30 })
  const { read } = office.storage
  const thenTakeBack = async <T>(_scope: unknown, work: (tx: StorageTx) => Promise<T>) => {
    const result = await office.run(work)
    await keep({ messageRetention: null, fileRetention: null })
    return result
  }
  const given = { read, run: thenTakeBack }
  await purgeImported({ ...given, forget: [forgetImported], now: () => TEST_NOW }, office.scope, () => false)
  expect((await texts()).filter((text) => text === 'imported')).toHaveLength(1)
  await keep({ fileRetention: 30 })
  await purgeOldFiles(given, office.scope, TEST_NOW, () => false)
  const left = await read.files.sentBefore(office.scope, group, TEST_NOW - 30 * DAY, 100)
  expect(left).toHaveLength(10)
})

test('T6: between two pages of a long import others have their turn, and between many conversations', async () => {
  await office.run(async (tx) => {
    const record = anImport(group, amina.memberId, { startedAt: TEST_NOW })
    await tx.imports.insert(office.scope, record)
    const planned = Array.from({ length: 1_000 }, (_, at) => ({
      ...{ place: at + 1, author: 'Nadia', memberId: null, sentAt: TEST_NOW - DAY, pieces: ['hello'] },
      ...{ fingerprints: [aFingerprint((prints += 1))], attachment: null, omitted: false },
      ...{ edited: false, deleted: false, file: null },
    }))
    await storeImported(tx, amina, record, planned, { keptSince: 0, now: TEST_NOW })
  })
  for (let count = 0; count < 250; count += 1) {
    const given = { name: `Group ${String(count)}`, description: '', memberIds: [] }
    await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))
  }
  await keep({ messageRetention: 90, fileRetention: 30 })
  const { read } = office.storage
  const given = { ...deps, read, forget: [forgetImported], now: () => TEST_NOW }
  const notYet = () => false
  expect(await turnsDuring(() => purgeImported(given, office.scope, notYet))).toBeGreaterThanOrEqual(5)
  expect(await turnsDuring(() => purgeOldMessages(given, office.scope, TEST_NOW, notYet))).toBeGreaterThan(1)
  expect(await turnsDuring(() => purgeOldFiles(given, office.scope, TEST_NOW, notYet))).toBeGreaterThan(1)
})

/** How often others had their turn on the event loop. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0
  const take = () => {
    turns += 1
    next = setImmediate(take)
  }
  let next = setImmediate(take)
  await work()
  clearImmediate(next)
  return turns
}

test('Y12: what is imported where messages disappear stays, and nothing is taken from what is unread for it', async () => {
  const { read } = office.storage
  await office.run((tx) => setDisappearing(tx, amina, group, 86_400, TEST_NOW))
  await office.run((tx) => setDisappearing(tx, amina, group, null, TEST_NOW))
  for (const text of ['one', 'two', 'three']) await say(text, 0)
  await office.run((tx) => setDisappearing(tx, amina, group, 86_400, TEST_NOW))
  for (const text of ['four', 'five']) await bring(text, 300)
  const unread = (now: number) => countUnread(read, office.scope, mei.memberId, now)
  expect([await unread(TEST_NOW), await unread(TEST_NOW + DAY)]).toEqual([3, 3])
  await purgeExpiredMessages({ ...deps, read, forget: [] }, office.scope, TEST_NOW + DAY, () => false)
  expect(await texts()).toEqual(['one', 'two', 'three', 'four', 'five'])
  expect(await unread(TEST_NOW + DAY)).toBe(3)
})
