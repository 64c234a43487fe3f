import { randomBytes } from 'node:crypto'
import type { BlobAddress, BlobReader, BlobStore, FilePart } from '../../domains/files/blob-store.ts'
import type { FileVault, SealedFile } from '../../domains/files/file-vault.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { FrameSink } from './frame-sink.ts'
import {
  contextOf,
  FRAME,
  openFrame,
  OVERHEAD,
  SEALED_FRAME,
  sealedSize,
  type FrameContext,
} from './frames.ts'
import { damaged, KEY_BYTES, type MasterKeys } from './master-keys.ts'
import { openRange, soundBytes, wholeOf } from './read-frames.ts'

/** How many uploads are remembered as written by this process. */
const KNOWN_MAX = 10_000

const PARTS: readonly FilePart[] = ['original', 'picture', 'preview']

const NOTHING = new Uint8Array()

/** Files encrypted in frames, over any store of bytes. */
export class SealedVault implements FileVault {
  readonly #blobs: BlobStore
  readonly #masterKeys: MasterKeys
  /** What is there of uploads that this process wrote itself. Only after a restart one is read, to see how far it is sound. */
  readonly #known = new Map<string, number>()

  constructor(blobs: BlobStore, masterKeys: MasterKeys) {
    this.#blobs = blobs
    this.#masterKeys = masterKeys
  }

  makeKey(scope: SealedFile['scope'], fileId: string) {
    return this.#masterKeys.wrap(randomBytes(KEY_BYTES), contextOf(scope, fileId, 'key'))
  }

  rewrap({ scope, id, key }: SealedFile) {
    if (key.keyId === this.#masterKeys.currentId) return null
    const context = contextOf(scope, id, 'key')
    return this.#masterKeys.wrap(this.#masterKeys.unwrap(key, context), context)
  }

  async uploaded(file: SealedFile): Promise<number> {
    const known = this.#known.get(nameOf(file))
    if (known !== undefined) return known
    const reader = await this.#blobs.open(addressOf(file, 'original'))
    const size = reader
      ? await soundBytes(this.#contextOf(file, 'original'), reader).finally(() => reader.close())
      : 0
    this.#know(file, size)
    return size
  }

  async append(
    file: SealedFile,
    size: number,
    source: AsyncIterable<Uint8Array>,
    from: number,
  ): Promise<number> {
    if (from === size) return size // its last frame is closed
    const context = this.#contextOf(file, 'original')
    const address = addressOf(file, 'original')
    const index = Math.floor(from / FRAME)
    const tail = await this.#readTail(address, context, index, from - index * FRAME)
    this.#known.delete(nameOf(file)) // until it is clear what is there
    try {
      const writer = await this.#blobs.write(address, index * SEALED_FRAME)
      const sink = new FrameSink(writer, context, size, index, tail)
      const reached = await sink.takeAll(source).finally(() => writer.close())
      this.#know(file, reached)
      if (sink.broken) throw sink.broken
      return reached
    } catch (error) {
      await this.#leaveNothingIfFull(error, address)
      throw error
    }
  }

  async put(file: SealedFile, part: FilePart, bytes: Uint8Array): Promise<void> {
    const address = addressOf(file, part)
    try {
      const writer = await this.#blobs.write(address, 0)
      const sink = new FrameSink(writer, this.#contextOf(file, part), bytes.length, 0, NOTHING)
      const written = sink.takeAll([bytes]).then(() => writer.sync())
      await written.finally(() => writer.close())
    } catch (error) {
      await this.#leaveNothingIfFull(error, address)
      throw error
    }
  }

  async sync(file: SealedFile, part: FilePart): Promise<void> {
    const reader = await this.#open(file, part)
    await reader.close()
    const writer = await this.#blobs.write(addressOf(file, part), reader.size)
    await writer.sync().finally(() => writer.close())
  }

  async read(file: SealedFile, part: FilePart, size: number, from: number, to: number) {
    const context = this.#contextOf(file, part)
    const reader = await this.#open(file, part)
    if (reader.size === sealedSize(size)) return openRange(context, reader, { size, from, to })
    await reader.close()
    throw damaged(context.file, `has ${reader.size} bytes in place of ${sealedSize(size)}`)
  }

  async readWhole(file: SealedFile, part: FilePart): Promise<Uint8Array> {
    const context = this.#contextOf(file, part)
    const reader = await this.#open(file, part)
    const size = reader.size - Math.ceil(reader.size / SEALED_FRAME) * OVERHEAD
    if (size > 0) return wholeOf(await openRange(context, reader, { size, from: 0, to: size }))
    await reader.close()
    throw damaged(context.file, 'is empty')
  }

  async remove(scope: SealedFile['scope'], fileId: string, part?: FilePart): Promise<void> {
    this.#known.delete(nameOf({ scope, id: fileId }))
    for (const one of part ? [part] : PARTS) await this.#blobs.remove({ scope, fileId, part: one })
  }

  room(): Promise<number> {
    return this.#blobs.room()
  }

  async #open(file: SealedFile, part: FilePart): Promise<BlobReader> {
    const reader = await this.#blobs.open(addressOf(file, part))
    if (!reader) throw damaged(contextOf(file.scope, file.id, part), 'is missing')
    return reader
  }

  #contextOf({ scope, id, key }: SealedFile, part: FilePart): FrameContext {
    return {
      key: this.#masterKeys.unwrap(key, contextOf(scope, id, 'key')),
      file: contextOf(scope, id, part),
    }
  }

  /** What is in the frame that is to be filled. */
  async #readTail(address: BlobAddress, context: FrameContext, index: number, length: number) {
    if (length === 0) return NOTHING
    const reader = await this.#blobs.open(address)
    if (!reader) throw damaged(context.file, 'is missing')
    const start = index * SEALED_FRAME
    const sealed = await reader.read(start, start + length + OVERHEAD).finally(() => reader.close())
    const tail = openFrame(context, index, false, sealed)
    if (!tail) throw damaged(context.file, 'was altered')
    return tail
  }

  /** What cannot be finished must not keep the disk full. */
  async #leaveNothingIfFull(error: unknown, { scope, fileId, part }: BlobAddress): Promise<void> {
    if (error instanceof DomainError && error.code === 'storage_full') await this.remove(scope, fileId, part)
  }

  #know(file: SealedFile, size: number): void {
    this.#known.delete(nameOf(file))
    this.#known.set(nameOf(file), size)
    const [oldest] = this.#known.keys()
    if (this.#known.size > KNOWN_MAX && oldest !== undefined) this.#known.delete(oldest)
  }
}

const nameOf = ({ scope, id }: Pick<SealedFile, 'scope' | 'id'>) => `${scope}/${id}`

const addressOf = ({ scope, id }: SealedFile, part: FilePart): BlobAddress => ({ scope, fileId: id, part })
