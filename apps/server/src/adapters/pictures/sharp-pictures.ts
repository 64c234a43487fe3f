import { createBoundedQueue } from '../../kernel/bounded-queue.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { PictureMaker } from '../../domains/members/picture-maker.ts'
import { loadSharp } from './load-sharp.ts'

const SIZE = 256
/** Refuses decompression bombs: 25 megapixels are 100 MB while they are read. */
const PIXELS_MAX = 25_000_000

/** Pictures of members and groups. */
export function createSharpPictures(): PictureMaker {
  const queue = createBoundedQueue(1, 20)
  return {
    square: (bytes) => queue(() => square(bytes)),
  }
}

async function square(bytes: Uint8Array): Promise<Uint8Array> {
  const sharp = await loadSharp()
  try {
    const source = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
    const { format } = await source.metadata()
    if (!['jpeg', 'png', 'webp'].includes(format)) throw new Error(`${format} is not taken`)
    // no metadata is carried over unless asked for; autoOrient applies the camera's rotation before it goes
    const webp = await source
      .autoOrient()
      .resize(SIZE, SIZE, { fit: 'cover' })
      .webp({ quality: 82 })
      .toBuffer()
    return new Uint8Array(webp)
  } catch (cause) {
    throw new DomainError('picture_unreadable', { cause })
  }
}
