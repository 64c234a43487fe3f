import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, send } from '../../contract/contract-fixture.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: messages from before they could disappear stay as they are', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const chat = await makeChat(before)
  await send(before, chat, 'from before')
  await before.close()
  stepBack(file, 11)
  const { read } = opened({ file })
  const { scope, conversation } = chat
  expect(await read.conversations.get(scope, conversation.id)).toEqual(conversation)
  expect(await read.messages.expired(scope, Number.MAX_SAFE_INTEGER, 10)).toEqual([])
  const [message] = await read.messages.page(scope, conversation.id, { limit: 10 })
  expect(message).toMatchObject({ text: 'from before' })
  expect(message).not.toHaveProperty('expiresAt')
})
