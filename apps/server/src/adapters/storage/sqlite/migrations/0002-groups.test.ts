import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, send } from '../../contract/contract-fixture.ts'
import { MIGRATIONS } from '../migrate.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

/** A file as the first version left it. */
async function oldFile() {
  const file = path.join(temporaryFolder(), 'parley.db')
  const storage = opened({ file })
  const chat = await makeChat(storage)
  await send(storage, chat, 'from before')
  await storage.close()
  stepBack(file, 1)
  return { file, chat }
}

test('T8: what was written before there were groups reads as it did, and goes on', async () => {
  const { file, chat } = await oldFile()
  const storage = opened({ file })
  const { scope, ana, conversation } = chat
  const { conversations, messages } = storage.read
  expect(await conversations.get(scope, conversation.id)).toEqual(conversation)
  expect(await conversations.mark(scope, conversation.id, ana.id)).toMatchObject({
    seen: 1,
    quiet: 0,
    from: 1,
    kept: null,
  })
  await send(storage, chat, 'from now')
  expect(await messages.page(scope, conversation.id, { limit: 10 })).toMatchObject([
    { number: 1, text: 'from before', notice: null, quiet: 0 },
    { number: 2, text: 'from now', notice: null, quiet: 0 },
  ])
  expect(MIGRATIONS.at(1)?.name).toBe('groups')
})
