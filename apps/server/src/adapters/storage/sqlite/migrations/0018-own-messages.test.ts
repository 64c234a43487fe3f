import path from 'node:path'
import { expect, test } from 'vitest'
import { AT, makeChat, send, write } from '../../contract/contract-fixture.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: of messages from before nobody has noted anything, and may from then on', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const chat = await makeChat(before)
  const { scope, ana, conversation } = chat
  const { id: messageId } = await send(before, chat, 'Hello')
  await before.close()
  stepBack(file, 17)
  const storage = opened({ file })
  expect(await storage.read.ownMessages.on(scope, [messageId])).toEqual([])
  const noted = { memberId: ana.id, messageId, conversationId: conversation.id, number: 1 }
  const star = { ...noted, starredAt: AT, hidden: false }
  await write(storage, scope, (tx) => tx.ownMessages.put(scope, star))
  expect(await storage.read.ownMessages.on(scope, [messageId])).toEqual([star])
})
