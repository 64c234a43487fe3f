import { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { RandomBytes } from '../../domains/imports/chat-archive.ts'

const BLOCK = 256 * 1024

/**
 * What yauzl reads from. The list of an archive's files is read in very many small steps: so a block is kept, and small reads are
 * answered from it.
 */
export class BlockReader extends yauzl.RandomAccessReader {
  readonly #bytes: RandomBytes
  #block: { readonly from: number; readonly bytes: Buffer } | null = null

  constructor(bytes: RandomBytes) {
    super()
    this.#bytes = bytes
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const bytes = this.#bytes
    return Readable.from(
      (async function* () {
        yield* await bytes.read(start, end)
      })(),
      { objectMode: false },
    )
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#fill(buffer, offset, length, position).then(
      () => callback(null),
      (error: unknown) => callback(error as Error),
    )
  }

  async #fill(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    if (position + length > this.#bytes.size) throw new Error('the archive ends before it should')
    let done = 0
    while (done < length) {
      const at = position + done
      const block = await this.#blockAt(at)
      const copied = block.bytes.copy(buffer, offset + done, at - block.from, at - block.from + length - done)
      if (copied === 0) throw new Error('the archive ends before it should')
      done += copied
    }
  }

  async #blockAt(at: number) {
    const known = this.#block
    if (known && at >= known.from && at < known.from + known.bytes.length) return known
    const from = Math.floor(at / BLOCK) * BLOCK
    const chunks: Uint8Array[] = []
    for await (const chunk of await this.#bytes.read(from, Math.min(from + BLOCK, this.#bytes.size)))
      chunks.push(chunk)
    return (this.#block = { from, bytes: Buffer.concat(chunks) })
  }
}
