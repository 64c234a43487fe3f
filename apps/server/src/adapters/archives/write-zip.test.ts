import { expect, test } from 'vitest'
import type { ArchiveEntry } from '../../domains/exports/write-archive.ts'
import { writeZip } from './write-zip.ts'

async function* bytesOf(text: string, onRead?: () => void) {
  onRead?.()
  yield Buffer.from(text)
}

test('Who breaks off between two entries has what is still to come closed, and nothing more of it is read', async () => {
  const next = Promise.withResolvers<undefined>()
  const told = { ended: false, read: false }
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    try {
      yield { name: 'one.txt', bytes: bytesOf('one') }
      await next.promise
      yield { name: 'two.txt', bytes: bytesOf('two', () => (told.read = true)) }
    } finally {
      told.ended = true
    }
  }
  const reading = writeZip(entries())[Symbol.asyncIterator]()
  await reading.next()
  await reading.return?.()
  next.resolve(undefined)
  await expect.poll(() => told).toEqual({ ended: true, read: false })
})
