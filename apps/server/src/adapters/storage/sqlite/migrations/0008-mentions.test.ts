import path from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '../../../../kernel/ids.ts'
import { AT, makeChat, write } from '../../contract/contract-fixture.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: a group from before there were mentions and pictures reads as it did, and can have both', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const { scope, ana, ben } = await makeChat(before)
  const id = newId()
  const group = {
    name: 'Harbour',
    description: '',
    pictureVersion: null,
    adminIds: [ana.id],
    announcementOnly: false,
    membersMayAdd: false,
    newcomersSeeHistory: true,
  }
  const given = {
    id,
    kind: 'group',
    memberIds: [ana.id, ben.id],
    createdBy: ana.id,
    createdAt: AT,
    group,
  } as const
  await write(before, scope, (tx) => tx.conversations.insert(scope, given))
  await before.close()
  stepBack(file, 7)
  const storage = opened({ file })
  expect(await storage.read.conversations.get(scope, id)).toEqual(given)
  await write(storage, scope, async (tx) => {
    await tx.conversations.setPicture(scope, id, 'v1', new Uint8Array([1]))
    await tx.conversations.updateGroup(scope, id, { pictureVersion: 'v1' })
    await tx.messages.addMention(scope, id, ben.id, 1)
  })
  expect(await storage.read.conversations.get(scope, id)).toMatchObject({ group: { pictureVersion: 'v1' } })
  expect(await storage.read.messages.mentions(scope, id, ben.id, 5)).toEqual([1])
})
