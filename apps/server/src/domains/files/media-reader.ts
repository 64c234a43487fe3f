/** A picture as others will see it. */
export interface PreparedPicture {
  /** Upright, and without anything that its camera or program wrote into it. */
  readonly bytes: Uint8Array
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif'
  readonly width: number
  readonly height: number
  readonly animated: boolean
  readonly preview: Preview
}

export interface Preview {
  /** A WebP of at most 640 pixels in each direction. */
  readonly bytes: Uint8Array
  /** A WebP of a few pixels, in base64. */
  readonly blur: string
}

/** Loads a file's bytes when it is its turn: what waits takes no memory. */
export type LoadBytes = () => Promise<Uint8Array>

/** Looks into what people upload. All of it happens off the event loop, within bounds of time and memory. */
export interface MediaReader {
  /** What the first bytes of a file say it is (`image/png`); null where they say nothing. */
  sniff(head: Uint8Array): Promise<string | null>
  /**
   * @returns null where it cannot be read
   * @throws DomainError picture_too_large for more pixels than can be held; overloaded; what `load` throws
   */
  preparePicture(load: LoadBytes): Promise<PreparedPicture | null>
  /** @throws DomainError picture_unreadable for anything that is not a JPEG, PNG or WebP of bearable size; overloaded */
  preparePoster(bytes: Uint8Array): Promise<Preview>
  /** How many pages a PDF has; null where that cannot be told in time. @throws DomainError overloaded; what `load` throws */
  countPages(load: LoadBytes): Promise<number | null>
}
