import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, numbersOf, oneTo, send } from '../contract/contract-fixture.ts'
import { opened, temporaryFolder } from './sqlite-fixture.ts'

test('A full disk: nothing is acknowledged, nothing half written, and it works again when there is room', async () => {
  const storage = opened({ file: path.join(temporaryFolder(), 'parley.db') })
  const chat = await makeChat(storage)
  const { scope, ana, conversation } = chat
  await send(storage, chat)
  const [used] = storage.writer.query('PRAGMA page_count')
  storage.writer.exec(`PRAGMA max_page_count = ${Number(used?.['page_count']) + 20}`)
  const outcomes = await Promise.allSettled(oneTo(100).map(() => send(storage, chat, 'x'.repeat(2_000))))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'storage_full' })

  const kept = 101 - refused.length
  const page = () => storage.read.messages.page(scope, conversation.id, { limit: 500 })
  expect(numbersOf(await page())).toEqual(oneTo(kept))
  expect(await storage.read.changes.head(scope)).toBe(kept)
  expect(await storage.read.conversations.mark(scope, conversation.id, ana.id)).toMatchObject({ seen: kept })
  await expect(send(storage, chat, 'y'.repeat(60_000))).rejects.toMatchObject({ code: 'storage_full' })

  storage.writer.exec('PRAGMA max_page_count = 1000000')
  expect(await send(storage, chat)).toMatchObject({ data: { number: kept + 1 }, seq: kept + 1, prev: kept })
  expect(numbersOf(await page())).toEqual(oneTo(kept + 1))
})
