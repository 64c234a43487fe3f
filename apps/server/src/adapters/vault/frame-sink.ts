import type { BlobWriter } from '../../domains/files/blob-store.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { FRAME, framesIn, sealFrame, type FrameContext } from './frames.ts'

/** So many frames are written at once: enough to keep a disk busy, little enough to keep many in memory. */
const AT_ONCE = 4
/** A sealed frame has a nonce, the bytes, and a proof. */
const PIECES = 3

/** Fills frames and seals those that are full, and at the end the one that is not. While some are written the next are filled. */
export class FrameSink {
  readonly #writer: BlobWriter
  readonly #context: FrameContext
  readonly #size: number
  readonly #frame = Buffer.allocUnsafe(FRAME)
  #index: number
  #filled: number
  #sealed: Uint8Array[] = []
  #writing: Promise<void> | undefined
  /** What ended the source before its time. */
  broken: Error | undefined

  /**
   * @param size of the whole
   * @param index of the first frame that is written
   * @param tail what is in it already
   */
  constructor(writer: BlobWriter, context: FrameContext, size: number, index: number, tail: Uint8Array) {
    this.#writer = writer
    this.#context = context
    this.#size = size
    this.#index = index
    this.#frame.set(tail)
    this.#filled = tail.length
  }

  /**
   * Takes what comes until the source ends or breaks.
   * @returns how many bytes there are
   * @throws DomainError too_large when there are more than was said, storage_full
   */
  async takeAll(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    try {
      for await (const bytes of this.#untilBroken(source)) {
        this.#take(bytes)
        if (this.#sealed.length >= AT_ONCE * PIECES) await this.#write()
      }
      if (this.#filled > 0) this.#seal(this.#reached === this.#size)
      await this.#write()
    } finally {
      await this.#writing
    }
    return this.#reached
  }

  get #reached(): number {
    return this.#index * FRAME + this.#filled
  }

  async *#untilBroken(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    try {
      yield* source
    } catch (error) {
      this.broken = error instanceof Error ? error : new Error('the source broke', { cause: error })
    }
  }

  #take(bytes: Uint8Array): void {
    if (this.#reached + bytes.length > this.#size) throw new DomainError('too_large')
    let at = 0
    while (at < bytes.length) {
      const count = Math.min(FRAME - this.#filled, bytes.length - at)
      this.#frame.set(bytes.subarray(at, at + count), this.#filled)
      this.#filled += count
      at += count
      if (this.#filled < FRAME) continue
      this.#seal(this.#index === framesIn(this.#size) - 1)
      this.#index += 1
      this.#filled = 0
    }
  }

  #seal(last: boolean): void {
    const plain = this.#frame.subarray(0, this.#filled)
    this.#sealed.push(...sealFrame(this.#context, this.#index, last, plain))
  }

  /** Waits for what was written before, and goes on while this is written. */
  async #write(): Promise<void> {
    await this.#writing
    const pieces = this.#sealed
    this.#sealed = []
    this.#writing = pieces.length > 0 ? this.#writer.append(pieces) : undefined
    this.#writing?.catch(() => undefined) // heard by whoever waits for it
  }
}
