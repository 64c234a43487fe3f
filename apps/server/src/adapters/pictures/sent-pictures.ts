import type { Metadata, OutputInfo, Sharp, SharpOptions } from 'sharp'
import type { LoadBytes, PreparedPicture, Preview } from '../../domains/files/media-reader.ts'
import { createBoundedQueue } from '../../kernel/bounded-queue.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { loadSharp, type MakeSharp } from './load-sharp.ts'

/** A picture is unpacked whole when it is turned, at four bytes a pixel at most. Cameras of phones have up to 50 million. */
const PIXELS_MAX = 64_000_000
/** Of something that moves, all frames together. */
const MOVING_PIXELS_MAX = 50_000_000
const PREVIEW_SIDE = 640
const BLUR_SIDE = 16
const QUALITY = 85

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'heif'

const FORMATS: ReadonlySet<string> = new Set<Format>(['jpeg', 'png', 'webp', 'gif', 'heif'])
const POSTER_FORMATS: ReadonlySet<string> = new Set<Format>(['jpeg', 'png', 'webp'])

export interface SentPictures {
  /** @returns null where it cannot be read @throws DomainError picture_too_large, overloaded; what `load` throws */
  prepare(load: LoadBytes): Promise<PreparedPicture | null>
  /** @throws DomainError picture_unreadable, overloaded */
  preparePoster(bytes: Uint8Array): Promise<Preview>
}

/** Pictures that are sent. One at a time, because each may take hundreds of megabytes while it is read. */
export function createSentPictures(): SentPictures {
  const queue = createBoundedQueue(1, 100)
  return {
    prepare: (load) => queue(async () => prepare(await load())),
    preparePoster: (bytes) => queue(() => preparePoster(bytes)),
  }
}

const readOptions = (given: SharpOptions = {}): SharpOptions => ({
  limitInputPixels: PIXELS_MAX,
  // half a picture is shown as far as it goes, as browsers do; what is no picture is refused
  failOn: 'error',
  ...given,
})

async function prepare(bytes: Uint8Array): Promise<PreparedPicture | null> {
  const sharp = await loadSharp()
  const metadata = bytes.length > 0 ? await lookAt(sharp, bytes) : null
  if (!metadata || !FORMATS.has(metadata.format)) return null
  const frames = metadata.pages ?? 1
  const animated = frames > 1 && metadata.format !== 'heif'
  refuseBomb(metadata, animated ? frames : 1)
  try {
    const source = sharp(
      bytes,
      readOptions(animated ? { animated, limitInputPixels: MOVING_PIXELS_MAX } : {}),
    )
    // upright, in the colours of all screens, and without metadata: none is carried over unless asked for
    const { data, info } = await encode(animated ? source : source.autoOrient(), metadata).toBuffer({
      resolveWithObject: true,
    })
    const preview = await previewOf(sharp, data)
    return {
      bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      type: typeOf(info),
      width: info.width,
      height: info.pageHeight ?? info.height,
      animated,
      preview,
    }
  } catch {
    return null
  }
}

const lookAt = (sharp: MakeSharp, bytes: Uint8Array) =>
  sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null)

/** Before anything is unpacked. @throws DomainError picture_too_large */
function refuseBomb({ width, height, pageHeight }: Metadata, frames: number): void {
  const pixels = width * (pageHeight ?? height) * frames
  if (pixels > (frames > 1 ? MOVING_PIXELS_MAX : PIXELS_MAX)) throw new DomainError('picture_too_large')
}

/** In a format that every browser shows: its own, or JPEG. */
function encode(picture: Sharp, { format, hasAlpha }: Metadata): Sharp {
  if (format === 'png') return picture.png({ compressionLevel: 8 })
  if (format === 'gif') return picture.gif({ reuse: true })
  if (format === 'webp' || hasAlpha) return picture.webp({ quality: QUALITY })
  return picture.jpeg({ quality: QUALITY })
}

const typeOf = ({ format }: OutputInfo) => `image/${format}` as PreparedPicture['type']

/** @param bytes made by us */
async function previewOf(sharp: MakeSharp, bytes: Uint8Array): Promise<Preview> {
  const shrunk = await shrink(sharp(bytes, readOptions()), PREVIEW_SIDE).webp({ quality: 72 }).toBuffer()
  const blur = await shrink(sharp(shrunk), BLUR_SIDE).webp({ quality: 40, effort: 6 }).toBuffer()
  return {
    bytes: new Uint8Array(shrunk.buffer, shrunk.byteOffset, shrunk.byteLength),
    blur: blur.toString('base64'),
  }
}

const shrink = (picture: Sharp, side: number): Sharp =>
  picture.resize(side, side, { fit: 'inside', withoutEnlargement: true })

async function preparePoster(bytes: Uint8Array): Promise<Preview> {
  const sharp = await loadSharp()
  try {
    const { format } = await sharp(bytes, readOptions()).metadata()
    if (!POSTER_FORMATS.has(format)) throw new Error(`${format} is not taken`)
    const upright = await shrink(sharp(bytes, readOptions()).autoOrient(), PREVIEW_SIDE).png().toBuffer()
    return await previewOf(sharp, upright)
  } catch (cause) {
    throw new DomainError('picture_unreadable', { cause })
  }
}
