import * as z from 'zod/mini'
import { fileKind } from '../communication/communication.ts'
import { unguessableIdOf } from '../kernel/fields.ts'

const PIXELS_MAX = 100_000
const DAY = 24 * 60 * 60 * 1000
const WAVEFORM_BARS = 64

export const fileId = unguessableIdOf('file')

export const byteCount = z.int().check(z.nonnegative(), z.maximum(2 ** 46))
const pixels = z.int().check(z.minimum(1), z.maximum(PIXELS_MAX))
const milliseconds = z.int().check(z.nonnegative(), z.maximum(DAY))
/** Loudness in up to 64 bars from 0 to 255, one byte each, in base64. */
const waveform = z.string().check(
  z.minLength(1),
  z.maxLength(Math.ceil(WAVEFORM_BARS / 3) * 4),
  z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
    error: 'This is not base64.',
  }),
)

/** What only the sender's device can tell of a video or a recording; of pictures the server tells for itself. */
export const mediaFacts = z.strictObject({
  width: z.optional(pixels),
  height: z.optional(pixels),
  /** Milliseconds. */
  duration: z.optional(milliseconds),
  waveform: z.optional(waveform),
})
export type MediaFacts = z.infer<typeof mediaFacts>

/** A finished file as it is told with the message that carries it. Nothing of it changes but `gone`. */
export const file = z.strictObject({
  id: fileId,
  /** What it is shown as. `voice` was recorded in place, `audio` is a piece of music; what cannot be shown in place is a `document`. */
  kind: fileKind,
  /** As its sender named it, cleaned by `cleanFileName`. */
  name: z.string(),
  /** By its content: `image/jpeg`. `application/octet-stream` where that is not known. */
  type: z.string(),
  /** Of what is downloaded, which for a picture differs from what was uploaded. */
  size: byteCount,
  /** Of a picture or video, as it stands upright. */
  width: z.optional(pixels),
  height: z.optional(pixels),
  /** Milliseconds. */
  duration: z.optional(milliseconds),
  /** Of a PDF. */
  pages: z.optional(z.int().check(z.minimum(1))),
  /** A picture that moves. */
  animated: z.optional(z.literal(true)),
  waveform: z.optional(waveform),
  /** A WebP of a few pixels in base64, to be stretched and blurred until the picture is there. */
  blur: z.optional(z.string().check(z.maxLength(1_000))),
  /** `filePreview` has a small picture of it. */
  preview: z.optional(z.literal(true)),
  /** Its bytes were purged; the message remains. */
  gone: z.optional(z.literal(true)),
})
export type File = z.infer<typeof file>
