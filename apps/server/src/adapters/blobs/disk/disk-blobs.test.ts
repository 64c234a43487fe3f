import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { anAddress, blobsContract, writeBlob } from '../contract/blobs.contract.ts'
import { createDiskBlobs } from './disk-blobs.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-blobs-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

describe('blobs on a disk', () => {
  blobsContract(() => Promise.resolve(createDiskBlobs(temporaryFolder())))

  test('A8: are for their owner alone', async () => {
    const folder = temporaryFolder()
    await writeBlob(createDiskBlobs(folder), anAddress(), Buffer.from('sealed'))
    const made = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
    const modes = made.map((path) => (statSync(path).mode & 0o777).toString(8))
    expect(modes.sort()).toEqual(['600', '700', '700'])
  })

  test('live beside what is not theirs, and leave it alone', async () => {
    const folder = temporaryFolder()
    const blobs = createDiskBlobs(folder)
    const address = anAddress()
    await writeBlob(blobs, address, Buffer.from('sealed'))
    writeFileSync(join(folder, 'README'), 'What lies here')
    mkdirSync(join(folder, 'lost+found'))
    writeFileSync(join(folder, address.scope, 'notes.txt'), '')
    writeFileSync(join(folder, 'lost+found', 'x.original'), '')
    const found: unknown[] = []
    for await (const one of blobs.list()) found.push(one.address)
    expect(found).toEqual([address])
  })
})
