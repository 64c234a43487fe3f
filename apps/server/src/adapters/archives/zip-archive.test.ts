import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import yazl from 'yazl'
import type { RandomBytes } from '../../domains/imports/chat-archive.ts'
import { cleanFileName } from '@parley/contracts/files/file-name'
import { createZipOpener } from './zip-archive.ts'

type Added = readonly [
  name: string,
  bytes: Buffer,
  options?: { mode?: number; compress?: boolean; fileComment?: string },
]

async function zipOf(...files: readonly Added[]): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, bytes, options] of files) zip.addBuffer(bytes, name, options)
  zip.end()
  return buffer(zip.outputStream)
}
const from = (bytes: Buffer): RandomBytes => ({
  size: bytes.length,
  read: (start, end) => Promise.resolve(Readable.from([bytes.subarray(start, end)])),
})
/** Names of the same length are put in place of others: no packer writes these. */
const renamed = (zip: Buffer, was: string, is: string): Buffer =>
  Buffer.from(zip.toString('latin1').replaceAll(was, is), 'latin1')
const bounds = {
  files: 100,
  described: 1_000,
  list: 50_000,
  total: 100_000_000,
  ratio: 150,
  ratioFrom: 100_000,
}
const open = createZipOpener(cleanFileName, bounds)
const refused = (code: string) => expect.objectContaining({ code }) as Error
const contentOf = async (bytes: AsyncIterable<Uint8Array>) => (await buffer(bytes)).toString()

describe('A zip archive', () => {
  test('lists what is in it, and unpacks one file at a time', async () => {
    const zip = await zipOf(['_chat.txt', Buffer.from('Hello')], ['IMG-1.jpg', randomBytes(300_000)])
    const archive = await open(from(zip))
    expect([...archive.files.values()]).toEqual([
      { name: '_chat.txt', size: 5 },
      { name: 'IMG-1.jpg', size: 300_000 },
    ])
    expect(await contentOf(await archive.open('_chat.txt'))).toBe('Hello')
    expect((await buffer(await archive.open('IMG-1.jpg'))).length).toBe(300_000)
    archive.close()
  })

  test('of a path only the name counts, wherever it leads', async () => {
    const plain = await zipOf(['aa/bb/cc/evil.txt', Buffer.from('x')], ['sub/_chat.txt', Buffer.from('y')])
    for (const path of ['../../../evil.txt', '/tmp/a/b/evil.txt', 'C:\\aa\\bb\\evil.txt']) {
      const archive = await open(from(renamed(plain, 'aa/bb/cc/evil.txt', path)))
      expect([...archive.files.keys()]).toEqual(['evil.txt', '_chat.txt'])
    }
  })

  test('folders and links are passed over, and of two with one name the first is taken', async () => {
    const link = { mode: 0o120777 }
    const zip = await zipOf(
      ['link.txt', Buffer.from('/etc/passwd'), link],
      ['a/one.txt', Buffer.from('first')],
      ['b/one.txt', Buffer.from('second')],
    )
    const archive = await open(from(zip))
    expect([...archive.files.keys()]).toEqual(['one.txt'])
    expect(await contentOf(await archive.open('one.txt'))).toBe('first')
  })

  test('a bomb is not opened: too many files, too much in all, far more than its size allows', async () => {
    const many = await zipOf(
      ...Array.from({ length: 101 }, (_, n): Added => [`${String(n)}.txt`, Buffer.alloc(1)]),
    )
    await expect(open(from(many))).rejects.toEqual(refused('archive_excessive'))
    const packed = await zipOf(['zeros.txt', Buffer.alloc(50_000_000)])
    expect(packed.length).toBeLessThan(100_000)
    await expect(open(from(packed))).rejects.toEqual(refused('archive_excessive'))
    const loose = createZipOpener(cleanFileName, { ...bounds, ratio: Infinity, total: 40_000_000 })
    await expect(loose(from(packed))).rejects.toEqual(refused('archive_excessive'))
  })

  test('a list of files that says more of them than any packer would is not held in memory', async () => {
    const described = (count: number, length: number) =>
      zipOf(
        ...Array.from({ length: count }, (_, n): Added => {
          const fileComment = 'x'.repeat(length)
          return [`${String(n)}.txt`, Buffer.from('x'), { fileComment }]
        }),
      )
    expect((await open(from(await described(50, 900)))).files.size).toBe(50)
    await expect(open(from(await described(1, 1_000)))).rejects.toEqual(refused('archive_excessive'))
    await expect(open(from(await described(60, 900)))).rejects.toEqual(refused('archive_excessive'))
  })

  test('a bomb that lies about its size is stopped where it lies', async () => {
    const zip = await zipOf(['zeros.txt', Buffer.alloc(5_000_000)])
    const lying = Buffer.from(zip)
    // the size stands in the central directory, four bytes behind the packed one
    const at = lying.indexOf(Buffer.from('504b0102', 'hex')) + 24
    expect(lying.readUInt32LE(at)).toBe(5_000_000)
    lying.writeUInt32LE(1_000, at)
    const archive = await open(from(lying))
    await expect(contentOf(await archive.open('zeros.txt'))).rejects.toEqual(refused('archive_broken'))
  })

  test('what is cut off, altered, or no zip at all is told to be damaged', async () => {
    const zip = await zipOf(
      ['_chat.txt', Buffer.from('Hello, '.repeat(1_000))],
      ['b.txt', Buffer.alloc(1_000)],
    )
    for (const size of [0, 10, zip.length - 30, zip.length - 1])
      await expect(open(from(zip.subarray(0, size)))).rejects.toEqual(refused('archive_broken'))
    await expect(open(from(Buffer.from('just a text')))).rejects.toEqual(refused('archive_broken'))
    const altered = Buffer.from(zip)
    altered.fill(0xff, 45, 60)
    const archive = await open(from(altered))
    await expect(archive.open('_chat.txt').then(contentOf)).rejects.toEqual(refused('archive_broken'))
    await expect(archive.open('missing.txt')).rejects.toEqual(refused('archive_broken'))
  })

  test('one with a password says so', async () => {
    const zip = await zipOf(['_chat.txt', Buffer.from('Hello')])
    const locked = Buffer.from(zip)
    const at = locked.indexOf(Buffer.from('504b0102', 'hex')) + 8
    locked.writeUInt16LE(locked.readUInt16LE(at) | 1, at)
    await expect(open(from(locked))).rejects.toEqual(refused('archive_locked'))
  })
})
