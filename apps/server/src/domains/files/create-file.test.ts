import { expect, test } from 'vitest'
import { aFile } from '../../adapters/storage/contract/files.contract.ts'
import { openTestOrganisation, TEST_NOW } from '../../testing/test-organisation.ts'
import { createFile } from './create-file.ts'

test('an upload under an id whose bytes are still being removed is told to come again, and begins anew then', async () => {
  const office = await openTestOrganisation()
  const mei = await office.join('Mei')
  const { id, key } = aFile()
  const given = { id, name: 'x', size: 10, type: '', kind: 'document' } as const
  const limits = { maxBytes: null, quotaBytes: null }
  const removal = { fileId: id, part: 'all' } as const
  const create = () => office.run((tx) => createFile(tx, mei, given, key, limits, TEST_NOW))
  await office.run((tx) => tx.files.queueRemoval(office.scope, removal))
  await expect(create()).rejects.toMatchObject({ code: 'upload_conflict', retryAfter: 1 })
  await office.run((tx) => tx.files.forgetRemoval(office.scope, removal))
  expect(await create()).toMatchObject({ id, state: 'uploading' })
  await office.close()
})
