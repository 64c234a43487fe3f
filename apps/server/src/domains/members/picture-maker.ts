/** Makes what is kept of a picture that a person chose. */
export interface PictureMaker {
  /**
   * @returns a WebP of 256 by 256 pixels without metadata
   * @throws DomainError picture_unreadable for anything that is not a JPEG, PNG or WebP of bearable size
   */
  square(bytes: Uint8Array): Promise<Uint8Array>
}
