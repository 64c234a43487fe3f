import path from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '../../../../kernel/ids.ts'
import { makeChat, write } from '../../contract/contract-fixture.ts'
import { aFile, aLink } from '../../contract/files.contract.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: a chat from before there were files reads as it did, and can carry some', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const { scope, ana, conversation } = await makeChat(before)
  await before.close()
  stepBack(file, 9)
  const storage = opened({ file })
  expect(await storage.read.conversations.get(scope, conversation.id)).toEqual(conversation)
  expect(await storage.read.files.usedBytes(scope)).toBe(0)
  const sent = aFile({ uploaderId: ana.id, links: 1, expiresAt: null })
  const link = aLink({ fileId: sent.id, conversationId: conversation.id, messageId: newId() })
  await write(storage, scope, async (tx) => {
    await tx.files.insert(scope, sent)
    await tx.files.addUsedBytes(scope, sent.size)
    await tx.files.link(scope, link)
  })
  expect(await storage.read.files.get(scope, sent.id)).toEqual(sent)
  expect(await storage.read.files.linksOf(scope, sent.id, 0, 5)).toEqual([link])
  expect(await storage.read.files.usedBytes(scope)).toBe(sent.size)
})
