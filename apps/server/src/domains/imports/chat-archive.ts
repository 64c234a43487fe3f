/** Bytes that can be read from anywhere. */
export interface RandomBytes {
  readonly size: number
  /** From `from` to just before `to`. */
  read(from: number, to: number): Promise<AsyncIterable<Uint8Array>>
}

/** One file in an archive. */
export interface ArchivedFile {
  /** Its own name, whatever folder it says it is in. */
  readonly name: string
  /** Unpacked, in bytes; it does not unpack to more. */
  readonly size: number
}

/** What an exported chat comes in. Its bounds were looked at when it was opened. */
export interface ChatArchive {
  /** By name; of several with one name the first. */
  readonly files: ReadonlyMap<string, ArchivedFile>
  /** Unpacks one. @throws DomainError archive_broken, while iterating too */
  open(name: string): Promise<AsyncIterable<Uint8Array>>
  close(): void
}

/**
 * Opens an archive without unpacking anything.
 * @throws DomainError archive_broken, archive_locked, archive_excessive (too many files, too much in all, or far more than its size allows)
 */
export type OpenArchive = (bytes: RandomBytes) => Promise<ChatArchive>
