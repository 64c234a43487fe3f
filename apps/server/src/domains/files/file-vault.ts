import type { OrgScope } from '../../kernel/org-scope.ts'
import type { FilePart } from './blob-store.ts'

/** A file's own key, wrapped by the installation's master key. */
export interface SealedKey {
  /** Of the master key. */
  readonly keyId: string
  /** base64 */
  readonly wrapped: string
}

/** Whose bytes are meant, and the key that opens them. */
export interface SealedFile {
  readonly scope: OrgScope
  readonly id: string
  readonly key: SealedKey
}

/**
 * Keeps files encrypted, from the first byte on (A8). What is altered, cut, moved or exchanged at rest is found out before it is handed
 * on: `file_damaged`.
 */
export interface FileVault {
  /** A new random key for one file. */
  makeKey(scope: OrgScope, fileId: string): SealedKey
  /** The same key under the present master key; null where it is already. @throws DomainError file_damaged */
  rewrap(file: SealedFile): SealedKey | null
  /** How many bytes of an upload are here and sound. */
  uploaded(file: SealedFile): Promise<number>
  /**
   * Goes on with an upload at `from`, which is what `uploaded` says; what came before the source broke is kept.
   * @param size of the whole: with its last byte it is closed, and nothing can be added
   * @returns how much is here now. @throws DomainError storage_full, and then nothing of the upload is left
   */
  append(file: SealedFile, size: number, source: AsyncIterable<Uint8Array>, from: number): Promise<number>
  /** Writes a part at once, and in place of what was there; durable when it resolves. @throws DomainError storage_full */
  put(file: SealedFile, part: FilePart, bytes: Uint8Array): Promise<void>
  /** Resolves when a part that has been written survives power loss. */
  sync(file: SealedFile, part: FilePart): Promise<void>
  /**
   * Reads a range of a whole part.
   * @param size of the part
   * @returns the bytes from `from` to just before `to`; the first have been read when it resolves
   * @throws DomainError file_damaged; while iterating too
   */
  read(
    file: SealedFile,
    part: FilePart,
    size: number,
    from: number,
    to: number,
  ): Promise<AsyncIterable<Uint8Array>>
  /** Reads a whole part whose size nobody has noted. @throws DomainError file_damaged */
  readWhole(file: SealedFile, part: FilePart): Promise<Uint8Array>
  /** Removes a part, or all of them. Does nothing where there is none. */
  remove(scope: OrgScope, fileId: string, part?: FilePart): Promise<void>
  /** How many bytes may still be written; Infinity where nobody knows. */
  room(): Promise<number>
}
