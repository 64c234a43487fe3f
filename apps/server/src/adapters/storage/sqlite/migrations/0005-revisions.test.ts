import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, send, write } from '../../contract/contract-fixture.ts'
import { reviseIn } from '../../contract/revisions.contract.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: a message from before there were revisions reads as it did, and can be revised', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const chat = await makeChat(before)
  const { id } = await send(before, chat, 'from before')
  await before.close()
  stepBack(file, 4)
  const storage = opened({ file })
  const { scope } = chat
  const message = await storage.read.messages.get(scope, id)
  expect(message).toMatchObject({ text: 'from before', number: 1 })
  expect(message).not.toHaveProperty('extras')
  await write(storage, scope, async (tx) => message && reviseIn(tx, scope, message, 'from now'))
  expect(await storage.read.messages.get(scope, id)).toMatchObject({ text: 'from now', revisedSeq: 2 })
})
