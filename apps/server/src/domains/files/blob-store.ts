import type { OrgScope } from '../../kernel/org-scope.ts'

/**
 * What is kept of one file. `original` is what was uploaded, `picture` what was made of a picture to be shown in its place, `preview` the
 * small one.
 */
export type FilePart = 'original' | 'picture' | 'preview'

export interface BlobAddress {
  readonly scope: OrgScope
  readonly fileId: string
  readonly part: FilePart
}

/** Bytes being written. Nobody else writes the same blob meanwhile. */
export interface BlobWriter {
  /** Writes at the end. @throws DomainError storage_full; some of it may have been written then */
  append(chunks: readonly Uint8Array[]): Promise<void>
  /** Resolves when all that was written survives power loss, the blob's name included. */
  sync(): Promise<void>
  /** Idempotent. */
  close(): Promise<void>
}

export interface BlobReader {
  /** How many bytes there were when it was opened. */
  readonly size: number
  /** From `from` to just before `to`; fewer where the blob ends. */
  read(from: number, to: number): Promise<Uint8Array>
  /** Idempotent. */
  close(): Promise<void>
}

/**
 * Keeps bytes that are sealed already: it never sees a file in the clear. Everything is reached through the organisation's scope (T1).
 * Other failures than those named are faults.
 */
export interface BlobStore {
  /** Opens a blob to go on at `position`, what is behind is cut off; makes it, if need be, at 0. */
  write(address: BlobAddress, position: number): Promise<BlobWriter>
  /** null where there is none. A blob that is removed meanwhile can be read to its end. */
  open(address: BlobAddress): Promise<BlobReader | null>
  /** Does nothing where there is none. */
  remove(address: BlobAddress): Promise<void>
  /** Everything there is, in no order; what comes or goes meanwhile may be missed. */
  list(): AsyncIterable<{ readonly address: BlobAddress; readonly writtenAt: number }>
  /** How many bytes may still be written; Infinity where nobody knows. */
  room(): Promise<number>
}
