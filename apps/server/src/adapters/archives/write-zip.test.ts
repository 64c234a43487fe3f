import { expect, test } from 'vitest'
import type { ArchiveEntry } from '../../domains/exports/write-archive.ts'
import { writeZip } from './write-zip.ts'

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

/** What is open from the beginning, as a file of the vault is. */
const opened = (told: { closed: boolean; read: boolean }): AsyncIterableIterator<Uint8Array> => ({
  [Symbol.asyncIterator]() {
    return this
  },
  async next() {
    told.read = true
    return { done: true, value: undefined }
  },
  async return() {
    told.closed = true
    return { done: true, value: undefined }
  },
})

test('Who breaks off between two entries has what is still to come closed, and nothing more of it is read', async () => {
  const next = Promise.withResolvers<undefined>()
  const told = { ended: false, read: false, closed: false }
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    try {
      yield { name: 'one.txt', bytes: bytesOf('one') }
      await next.promise
      yield { name: 'two.txt', bytes: opened(told) }
    } finally {
      told.ended = true
    }
  }
  const reading = writeZip(entries())[Symbol.asyncIterator]()
  await reading.next()
  await reading.return?.()
  next.resolve(undefined)
  await expect.poll(() => told).toEqual({ ended: true, read: false, closed: true })
})

test('Who goes before the first byte is read has nothing opened', async () => {
  let begun = false
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    begun = true
    yield { name: 'one.txt', bytes: bytesOf('one') }
  }
  const reading = writeZip(entries())[Symbol.asyncIterator]()
  await reading.return?.()
  await new Promise(setImmediate)
  expect(begun).toBe(false)
})
