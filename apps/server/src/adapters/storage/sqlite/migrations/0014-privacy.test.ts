import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, send } from '../../contract/contract-fixture.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: what was read before anybody could hide it is known to all', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const chat = await makeChat(before)
  await send(before, chat, 'from before')
  await before.close()
  stepBack(file, 13)
  const { conversations, members } = opened({ file }).read
  const { scope, ana, conversation } = chat
  expect(await conversations.mark(scope, conversation.id, ana.id)).toMatchObject({ seen: 1, shown: 1 })
  expect(await members.get(scope, ana.id)).toEqual(ana)
})
