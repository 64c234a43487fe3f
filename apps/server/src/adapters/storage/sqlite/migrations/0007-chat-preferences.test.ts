import path from 'node:path'
import { expect, test } from 'vitest'
import { aPreference } from '../../contract/chat-preferences.contract.ts'
import { makeChat, write } from '../../contract/contract-fixture.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: of chats from before there were preferences nobody wants anything, and may from then on', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const { scope, ana, conversation } = await makeChat(before)
  await before.close()
  stepBack(file, 6)
  const storage = opened({ file })
  expect(await storage.read.chatPreferences.get(scope, ana.id, conversation.id)).toBeNull()
  const wanted = aPreference(ana.id, conversation.id, { pinned: true })
  await write(storage, scope, (tx) => tx.chatPreferences.put(scope, wanted))
  expect(await storage.read.chatPreferences.get(scope, ana.id, conversation.id)).toEqual(wanted)
})
