import * as z from 'zod/mini'
import { PREVIEW_PICTURE_MAX, PREVIEW_URL_MAX, PREVIEW_WORDS_MAX } from './bounds.ts'

/** What the page that a message links to says of itself, as the server found it then. Words are text, never markup. */
export const linkPreview = z.strictObject({
  /** The page, as the message's first link leads to it: `firstPage` of its text. */
  url: z.string().check(z.maxLength(PREVIEW_URL_MAX)),
  title: z.string().check(z.maxLength(PREVIEW_WORDS_MAX)),
  description: z.optional(z.string().check(z.maxLength(PREVIEW_WORDS_MAX))),
  /** A small WebP, in base64: no browser ever asks the page's own server for it. */
  picture: z.optional(z.string().check(z.maxLength(PREVIEW_PICTURE_MAX))),
})
export type LinkPreview = z.infer<typeof linkPreview>
