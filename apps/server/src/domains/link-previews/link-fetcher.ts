/** What a page says of itself, as it says it: neither clean nor short. */
export interface FetchedPage {
  readonly title: string
  readonly description: string
  /** Absolute; where it leads is not checked. null where the page has none. */
  readonly picture: string | null
}

/** Fetches what strangers name, from the public internet alone, within bounds of size, time and redirects. Never throws. */
export interface LinkFetcher {
  /** @returns null where there is none to be had, for whatever reason */
  page(url: string, signal: AbortSignal): Promise<FetchedPage | null>
  /** The bytes of a picture, whatever they are. @returns null as above */
  picture(url: string, signal: AbortSignal): Promise<Uint8Array | null>
}

/** Makes small pictures of what strangers call one. Never throws. */
export interface Thumbnails {
  /** @returns WebP of at most `bytesMax` bytes, without metadata; null where that cannot be made of it */
  make(bytes: Uint8Array, bytesMax: number): Promise<Uint8Array | null>
}
