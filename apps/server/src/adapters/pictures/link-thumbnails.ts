import type { Thumbnails } from '../../domains/link-previews/link-fetcher.ts'
import { createBoundedQueue } from '../../kernel/bounded-queue.ts'
import { loadSharp } from './load-sharp.ts'

/** Refuses decompression bombs: 16 megapixels are 64 MB while they are read. Pages offer one or two. */
const PIXELS_MAX = 16_000_000
/** Shown at half of this. */
const SIDE = 176
/** A picture may be made to take long; while it does, one of the threads for files and passwords is taken. */
const SECONDS_MAX = 3
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif'])
/** One after the other, until it is small enough. */
const QUALITIES = [70, 45, 20]

/** Small pictures of what linked pages show; one at a time. */
export function createLinkThumbnails(): Thumbnails {
  const queue = createBoundedQueue(1, 50)
  return {
    make: (bytes, bytesMax) => queue(() => make(bytes, bytesMax)).catch(() => null),
  }
}

async function make(bytes: Uint8Array, bytesMax: number): Promise<Uint8Array | null> {
  const sharp = await loadSharp()
  const source = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
  if (!FORMATS.has((await source.metadata()).format)) return null
  const small = await source
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'cover' })
    .timeout({ seconds: SECONDS_MAX })
    .png()
    .toBuffer()
  for (const quality of QUALITIES) {
    const webp = await sharp(small).webp({ quality, effort: 5 }).toBuffer()
    if (webp.length <= bytesMax) return new Uint8Array(webp)
  }
  return null
}
