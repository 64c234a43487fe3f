import { PassThrough, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import yazl from 'yazl'
import type { ArchiveEntry } from '../../domains/exports/write-archive.ts'

/**
 * Makes zip archives; an entry is only asked for when the one before it has been read to its end, and the first when reading begins: who
 * goes before that leaves nothing open.
 */
export async function* writeZip(entries: AsyncIterable<ArchiveEntry>): AsyncIterable<Uint8Array> {
  const zip = new yazl.ZipFile()
  const output = new PassThrough()
  zip.outputStream.pipe(output)
  let source: Readable | null = null
  // nobody reads on: what is open is closed
  output.once('close', () => source?.destroy())
  const fill = async () => {
    for await (const { name, bytes, stored = false } of entries) {
      if (output.destroyed) {
        // it may have been opened meanwhile, and nobody begins to read it
        await bytes[Symbol.asyncIterator]().return?.()
        return
      }
      source = Readable.from(bytes, { objectMode: false })
      const over = finished(source)
      zip.addReadStream(source, name, { compress: !stored })
      await over
    }
    zip.end()
  }
  zip.on('error', (error: Error) => output.destroy(error))
  fill().catch((error: unknown) => output.destroy(error as Error))
  yield* output as AsyncIterable<Uint8Array>
}
