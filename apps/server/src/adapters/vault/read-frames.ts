import type { BlobReader } from '../../domains/files/blob-store.ts'
import { FRAME, framesIn, openFrame, SEALED_FRAME, type FrameContext } from './frames.ts'
import { damaged } from './master-keys.ts'

/** So many frames are read at once. */
const AT_ONCE = 4

interface Range {
  /** Of the whole. */
  readonly size: number
  readonly from: number
  readonly to: number
}

/**
 * Opens the frames that a range lies in, the first of them at once. The reader is closed at the end, or when nobody goes on.
 * @throws DomainError file_damaged; while iterating too
 */
export async function openRange(
  context: FrameContext,
  reader: BlobReader,
  { size, from, to }: Range,
): Promise<AsyncIterableIterator<Uint8Array>> {
  const end = Math.ceil(to / FRAME)
  const last = framesIn(size) - 1
  let next = Math.floor(from / FRAME)
  const readOn = () => {
    const until = Math.min(next + AT_ONCE, end)
    const first = next
    next = until
    return first < until
      ? { first, sealed: reader.read(first * SEALED_FRAME, until * SEALED_FRAME) }
      : undefined
  }
  let ahead = readOn()
  const take = async (): Promise<Uint8Array | undefined> => {
    if (!ahead) return undefined
    const { first, sealed } = ahead
    const bytes = await sealed
    // the disk reads the next ones while these are opened and sent
    ahead = readOn()
    ahead?.sealed.catch(() => undefined) // heard when its turn comes
    const plain = openFrames(context, first, last, bytes)
    const start = first * FRAME
    return plain.subarray(Math.max(from - start, 0), Math.min(to - start, plain.length))
  }
  const finish = async () => {
    await ahead?.sealed.catch(() => undefined)
    ahead = undefined
    await reader.close()
  }
  return iterate(take, finish)
}

async function iterate(
  take: () => Promise<Uint8Array | undefined>,
  end: () => Promise<void>,
): Promise<AsyncIterableIterator<Uint8Array>> {
  const takeOrEnd = async () => {
    try {
      const bytes = await take()
      if (!bytes) await end()
      return bytes
    } catch (error) {
      await end()
      throw error
    }
  }
  let ready: Uint8Array | undefined | null = await takeOrEnd()
  const frames: AsyncIterableIterator<Uint8Array> = {
    async next() {
      const value = ready === null ? await takeOrEnd() : ready
      ready = null
      return value ? { done: false, value } : { done: true, value: undefined }
    },
    async return() {
      await end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => frames,
  }
  return frames
}

function openFrames(context: FrameContext, first: number, last: number, sealed: Uint8Array): Buffer {
  const plain: Buffer[] = []
  for (let at = 0, index = first; at < sealed.length; at += SEALED_FRAME, index += 1) {
    const frame = openFrame(context, index, index === last, sealed.subarray(at, at + SEALED_FRAME))
    if (!frame) throw damaged(context.file, `was altered: frame ${index + 1} of ${last + 1}`)
    plain.push(frame)
  }
  if (plain.length === 0) throw damaged(context.file, `ends before frame ${first + 1} of ${last + 1}`)
  const [only] = plain
  return plain.length === 1 && only ? only : Buffer.concat(plain)
}

/** Everything that comes, in one piece. */
export async function wholeOf(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** How many bytes of an upload are sound: up to the first frame that is torn or missing. */
export async function soundBytes(context: FrameContext, reader: BlobReader): Promise<number> {
  let sound = 0
  for (let index = 0; index * SEALED_FRAME < reader.size; index += 1) {
    const start = index * SEALED_FRAME
    const sealed = await reader.read(start, Math.min(start + SEALED_FRAME, reader.size))
    const frame = openFrame(context, index, false, sealed) ?? openFrame(context, index, true, sealed)
    if (!frame) break
    sound += frame.length
    if (frame.length < FRAME) break
  }
  return sound
}
