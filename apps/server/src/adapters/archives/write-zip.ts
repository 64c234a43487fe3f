import { PassThrough, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import yazl from 'yazl'
import type { WriteArchive } from '../../domains/exports/write-archive.ts'

/** Makes zip archives; an entry is only asked for when the one before it has been read to its end. */
export const writeZip: WriteArchive = (entries) => {
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
  return output
}
