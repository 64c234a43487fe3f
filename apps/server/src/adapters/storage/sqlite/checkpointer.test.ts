import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { makeChat, oneTo, send } from '../contract/contract-fixture.ts'
import { opened, temporaryFolder } from './sqlite-fixture.ts'

test('T6: the write-ahead log is carried into the database beside the writing, and starts over', async () => {
  const storage = opened({ file: path.join(temporaryFolder(), 'parley.db') })
  const chat = await makeChat(storage)
  const lengths: number[] = []
  for (let round = 0; round < 400 && !hasStartedOver(lengths); round += 1) {
    await Promise.all(oneTo(20).map(() => send(storage, chat, 'x'.repeat(2_000))))
    await sleep(5)
    lengths.push(Number(storage.writer.query('PRAGMA wal_checkpoint(NOOP)')[0]?.['log']))
  }
  expect(hasStartedOver(lengths)).toBe(true)
  expect(await storage.read.conversations.lastNumber(chat.scope, chat.conversation.id)).toBe(
    20 * lengths.length,
  )
})

function hasStartedOver(lengths: readonly number[]): boolean {
  const last = lengths.at(-1) ?? 0
  return last < Math.max(...lengths) && Math.max(...lengths) >= 2_000
}
