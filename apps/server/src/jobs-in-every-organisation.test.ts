import { afterEach, beforeEach, expect, test } from 'vitest'
import { anImport } from './adapters/storage/contract/imports.contract.ts'
import type { Storage, StorageTx } from './adapters/storage/contract/storage.ts'
import { openSqliteStorage } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { cleaningJobs } from './cleaning-jobs.ts'
import { changeCommunication } from './domains/communication/change-communication.ts'
import { startDirectConversation } from './domains/conversations/start-direct-conversation.ts'
import { createUploadLocks } from './domains/files/upload-locks.ts'
import { sendMessage } from './domains/messages/send-message.ts'
import { importJob } from './import-job.ts'
import { newId } from './kernel/ids.ts'
import type { RunUseCase } from './kernel/transactions.ts'
import { createLog } from './platform/log/create-log.ts'
import { temporaryFiles } from './tenant-wall/running-app.ts'
import { openTestOrganisation, TEST_NOW } from './testing/test-organisation.ts'

const YEAR = 365 * 24 * 60 * 60 * 1000

let storage: Storage
let lines: string[]
beforeEach(async () => {
  storage = await openSqliteStorage({ file: ':memory:' })
  lines = []
})
afterEach(() => storage.close())

/** An organisation with a chat. */
async function makeOffice() {
  const office = await openTestOrganisation(storage)
  const [amina, mei] = [await office.join('Amina', 'admin'), await office.join('Mei')]
  const { id: chat } = await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))
  return { ...office, amina, chat }
}
/** What jobs are made of. @param fails whether a transaction fails, counted from one for each organisation */
function partsWith(fails: (scope: string, count: number) => boolean) {
  const counts = new Map<string, number>()
  const run: RunUseCase<StorageTx> = async (scope, work) => {
    const count = (counts.get(scope) ?? 0) + 1
    counts.set(scope, count)
    if (fails(scope, count)) throw new Error('this one does not work')
    return (await storage.transactions.run(scope, work)).result
  }
  const log = createLog('debug', { write: (line: string) => void lines.push(line) })
  return {
    ...{ storage, run, log, clock: { now: () => TEST_NOW } },
    sweep: { removeBytes: async () => {} },
  }
}

test('What fails in one organisation is told, and old messages go in all the others', async () => {
  const offices = [await makeOffice(), await makeOffice(), await makeOffice()]
  for (const { run, amina, chat } of offices)
    await run(async (tx) => {
      await sendMessage(tx, amina, { id: newId(), conversationId: chat, text: 'old' }, TEST_NOW - YEAR)
      await changeCommunication(tx, amina, { messageRetention: 30 })
    })
  const [, broken] = offices
  const [retention] = cleaningJobs(partsWith((scope) => scope === broken?.scope))
  await retention?.run(() => false)
  const left = await Promise.all(
    offices.map(
      async ({ scope, chat }) => (await storage.read.messages.page(scope, chat, { limit: 9 })).length,
    ),
  )
  expect(left).toEqual([0, 1, 0])
  expect(lines.join('')).toContain(broken?.scope)
})

test('An import that cannot go on holds up none of the others, and waits for the next run', async () => {
  const { files, remove } = await temporaryFiles()
  const { scope, run, amina, chat } = await makeOffice()
  const records = [1, 2, 3].map(() => anImport(chat, amina.memberId, { state: 'undoing' }))
  await run(async (tx) => {
    for (const record of records) await tx.imports.insert(scope, record)
  })
  const states = async () =>
    (await storage.read.imports.ofConversation(scope, chat, 9)).map(({ state }) => state).sort()
  const job = importJob({
    ...partsWith((_scope, count) => count === 1 || count === 4),
    files,
    locks: createUploadLocks(),
  })
  await job.run(() => false)
  expect(await states()).toEqual(['undoing', 'undone', 'undone'])
  await job.run(() => false)
  expect(await states()).toEqual(['undone', 'undone', 'undone'])
  expect(lines.filter((line) => line.includes('an import could not go on'))).toHaveLength(2)
  await remove()
})
