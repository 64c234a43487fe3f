/** One file of an archive that is being made. */
export interface ArchiveEntry {
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** Put in as it is: pictures and videos do not get smaller. */
  readonly stored?: boolean
}

/** Makes an archive while it is read, of no more in memory than is on its way. What breaks an entry breaks the archive. */
export type WriteArchive = (entries: AsyncIterable<ArchiveEntry>) => AsyncIterable<Uint8Array>
