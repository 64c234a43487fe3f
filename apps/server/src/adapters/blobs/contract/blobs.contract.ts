import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { BlobAddress, BlobStore } from '../../../domains/files/blob-store.ts'
import { newId } from '../../../kernel/ids.ts'
import { orgScope } from '../../../kernel/org-scope.ts'

export const anAddress = (given: Partial<BlobAddress> = {}): BlobAddress => ({
  scope: orgScope(newId()),
  fileId: randomBytes(16).toString('base64url'),
  part: 'original',
  ...given,
})

export async function writeBlob(
  blobs: BlobStore,
  address: BlobAddress,
  bytes: Uint8Array,
  position = 0,
): Promise<void> {
  const writer = await blobs.write(address, position)
  await writer.append([bytes.subarray(0, 3), bytes.subarray(3)])
  await writer.sync()
  await writer.close()
}

async function readBlob(blobs: BlobStore, address: BlobAddress, from = 0, to = 1_000_000) {
  const reader = await blobs.open(address)
  if (!reader) return null
  const bytes = Buffer.from(await reader.read(from, to))
  await reader.close()
  return bytes
}

async function listed(blobs: BlobStore): Promise<{ address: BlobAddress; writtenAt: number }[]> {
  const found: { address: BlobAddress; writtenAt: number }[] = []
  for await (const one of blobs.list()) found.push(one)
  return found
}

/** What the port promises, whatever keeps the bytes. @param open an empty store */
export function blobsContract(open: () => Promise<BlobStore>): void {
  bytesContract(open)
  addressesContract(open)
}

function bytesContract(open: () => Promise<BlobStore>): void {
  test('what was written is read, whole and by range, and never more than there is', async () => {
    const blobs = await open()
    const address = anAddress()
    const bytes = randomBytes(200_000)
    await writeBlob(blobs, address, bytes)
    expect((await readBlob(blobs, address))?.equals(bytes)).toBe(true)
    expect((await readBlob(blobs, address, 70_000, 70_010))?.equals(bytes.subarray(70_000, 70_010))).toBe(
      true,
    )
    expect((await readBlob(blobs, address, 199_990, 300_000))?.length).toBe(10)
    expect((await readBlob(blobs, address, 300_000, 300_001))?.length).toBe(0)
    expect((await blobs.open(address).then((reader) => reader?.close().then(() => reader)))?.size).toBe(
      200_000,
    )
  })

  test('writing goes on where it is told to, and what stood behind is cut off', async () => {
    const blobs = await open()
    const address = anAddress()
    await writeBlob(blobs, address, Buffer.from('0123456789'))
    await writeBlob(blobs, address, Buffer.from('abcd'), 4)
    expect((await readBlob(blobs, address))?.toString()).toBe('0123abcd')
    await writeBlob(blobs, address, Buffer.from('anew'))
    expect((await readBlob(blobs, address))?.toString()).toBe('anew')
  })

  test('what is removed is gone, may be removed again, and is read to its end by who had begun', async () => {
    const blobs = await open()
    const address = anAddress()
    expect(await blobs.open(address)).toBeNull()
    await blobs.remove(address)
    await writeBlob(blobs, address, Buffer.from('to the end'))
    const reader = await blobs.open(address)
    await blobs.remove(address)
    expect(await blobs.open(address)).toBeNull()
    expect(Buffer.from((await reader?.read(0, 10)) ?? []).toString()).toBe('to the end')
    await reader?.close()
    await reader?.close()
  })
}

function addressesContract(open: () => Promise<BlobStore>): void {
  test('T1: a blob is one organisation’s, one file’s and one part’s', async () => {
    const blobs = await open()
    const address = anAddress()
    await writeBlob(blobs, address, Buffer.from('mine'))
    const others: Partial<BlobAddress>[] = [
      { scope: orgScope(newId()) },
      { fileId: anAddress().fileId },
      { part: 'preview' },
    ]
    for (const other of others) {
      expect(await blobs.open({ ...address, ...other })).toBeNull()
      await blobs.remove({ ...address, ...other })
    }
    expect((await readBlob(blobs, address))?.toString()).toBe('mine')
  })

  test.each(['../../../etc/passwd', 'x', '', '..', 'a'.repeat(400)])(
    'A8: %j is not the id of a file, and reaches nothing',
    async (fileId) => {
      const blobs = await open()
      const outside = { ...anAddress(), fileId }
      await expect((async () => blobs.open(outside))()).rejects.toThrow('not the address of a blob')
      await expect((async () => blobs.write(outside, 0))()).rejects.toThrow('not the address of a blob')
      const foreign = { ...anAddress(), scope: orgScope('..') }
      await expect((async () => blobs.open(foreign))()).rejects.toThrow('not the address of a blob')
    },
  )

  test('everything there is can be listed, with the time of its writing', async () => {
    const blobs = await open()
    expect(await listed(blobs)).toEqual([])
    const first = anAddress()
    const addresses = [first, { ...first, part: 'preview' as const }, anAddress()]
    for (const address of addresses) await writeBlob(blobs, address, Buffer.from('here'))
    const found = await listed(blobs)
    const inOrder = (list: BlobAddress[]) => list.map((one) => JSON.stringify(one)).sort()
    expect(inOrder(found.map(({ address }) => address))).toEqual(inOrder(addresses))
    for (const { writtenAt } of found) expect(Math.abs(Date.now() - writtenAt)).toBeLessThan(60_000)
  })

  test('there is some room, or nobody knows', async () => {
    expect(await (await open()).room()).toBeGreaterThan(0)
  })
}
