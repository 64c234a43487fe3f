import { expect, onTestFinished, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskBlobs } from '../../adapters/blobs/disk/disk-blobs.ts'
import { writeBlob } from '../../adapters/blobs/contract/blobs.contract.ts'
import { aFile, newFileId } from '../../adapters/storage/contract/files.contract.ts'
import { makeOrganisation, write } from '../../adapters/storage/contract/contract-fixture.ts'
import { openSqlite } from '../../adapters/storage/sqlite/open-sqlite-storage.ts'
import type { FilePart } from './blob-store.ts'
import { removeOrphans } from './sweep-files.ts'

const HOUR = 60 * 60_000

test('a blob that no row knows goes after an hour, and nothing else does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-sweep-'))
  const storage = openSqlite({ file: ':memory:' })
  onTestFinished(async () => {
    await storage.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const blobs = createDiskBlobs(folder)
  const scope = await makeOrganisation(storage)
  const other = await makeOrganisation(storage)
  const [kept, uploading, picture] = [
    aFile(),
    aFile({ state: 'uploading' }),
    aFile({ part: 'picture', kind: 'picture', hasPreview: true }),
  ]
  await write(storage, scope, async (tx) => {
    for (const file of [kept, uploading, picture]) await tx.files.insert(scope, file)
  })
  const put = (fileId: string, part: FilePart, of = scope) =>
    writeBlob(blobs, { scope: of, fileId, part }, Buffer.from('sealed bytes'))
  await put(kept.id, 'original')
  await put(uploading.id, 'original')
  for (const part of ['picture', 'preview'] as const) await put(picture.id, part)
  // what was uploaded, of which a picture was made; what a crash or an old backup left; the same id elsewhere
  await put(picture.id, 'original')
  await put(newFileId(), 'original')
  await put(newFileId(), 'preview')
  await put(kept.id, 'original', other)

  expect(await removeOrphans(storage.read, blobs, Date.now() + HOUR - 60_000)).toBe(0)
  expect(await removeOrphans(storage.read, blobs, Date.now() + HOUR + 60_000)).toBe(4)
  const left: string[] = []
  for await (const { address } of blobs.list()) left.push(`${address.fileId} ${address.part}`)
  expect(left.sort()).toEqual(
    [
      `${kept.id} original`,
      `${uploading.id} original`,
      `${picture.id} picture`,
      `${picture.id} preview`,
    ].sort(),
  )
})
