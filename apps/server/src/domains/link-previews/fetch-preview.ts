import { PREVIEW_PICTURE_MAX } from '@parley/contracts/messages/bounds'
import type { LinkPreview } from '@parley/contracts/messages/link-preview'
import type { LinkFetcher, Thumbnails } from './link-fetcher.ts'
import { pageWords } from './page-words.ts'

export interface PreviewSources {
  readonly fetcher: LinkFetcher
  readonly thumbnails: Thumbnails
}

/** Base64 takes four letters for three bytes. */
const PICTURE_BYTES_MAX = (PREVIEW_PICTURE_MAX / 4) * 3

/** What a page says of itself. @returns null where it says nothing, or cannot be had */
export async function fetchPreview(
  { fetcher, thumbnails }: PreviewSources,
  url: string,
  signal: AbortSignal,
): Promise<LinkPreview | null> {
  const page = await fetcher.page(url, signal)
  const title = page && pageWords(page.title)
  if (!page || !title) return null
  const description = pageWords(page.description)
  const found = page.picture === null ? null : await fetcher.picture(page.picture, signal)
  const picture = found && (await thumbnails.make(found, PICTURE_BYTES_MAX))
  return {
    url,
    title,
    ...(description !== '' && description !== title && { description }),
    ...(picture && { picture: Buffer.from(picture).toString('base64') }),
  }
}
