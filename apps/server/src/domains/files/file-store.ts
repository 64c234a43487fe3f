import type { OrgScope } from '../../kernel/org-scope.ts'
import type { FilePart } from './blob-store.ts'
import type { FileLink, FileList, FileRecord } from './file.ts'

/** Bytes that are to go: of one part, or of the whole file. */
export interface FileRemoval {
  readonly fileId: string
  readonly part: FilePart | 'all'
}

export interface FileReader {
  get(scope: OrgScope, fileId: string): Promise<FileRecord | null>
  /** Files whose key is wrapped by this master key, at most `limit`. */
  sealedUnder(scope: OrgScope, keyId: string, limit: number): Promise<FileRecord[]>
  /** A master key that wraps the key of some file and is none of these; null when there is none. */
  otherKeyId(scope: OrgScope, keyIds: readonly string[]): Promise<string | null>
  /** Files that no message carries and whose time is over, at most `limit`. */
  expired(scope: OrgScope, now: number, limit: number): Promise<FileRecord[]>
  /** How many files of this uploader no message carries, counted to `limit` at most. */
  countUnsent(scope: OrgScope, uploaderId: string, limit: number): Promise<number>
  /** What all files take together, in bytes. */
  usedBytes(scope: OrgScope): Promise<number>
  /** The messages that carry a file, by their seq, behind `after`, at most `limit`. */
  linksOf(scope: OrgScope, fileId: string, after: number, limit: number): Promise<FileLink[]>
  /** The files of one message, in their order. */
  linksOfMessage(scope: OrgScope, conversationId: string, number: number): Promise<FileLink[]>
  /**
   * A conversation's files of one list, newest message first, in messages from the number `from` to just before `before`; at most `limit`.
   * Those of one message in no order.
   */
  listed(
    scope: OrgScope,
    conversationId: string,
    list: FileList,
    options: { readonly from: number; readonly before: number; readonly limit: number },
  ): Promise<FileLink[]>
  /** A conversation's files of messages that were sent before a moment, those sent first at the beginning; at most `limit`. */
  sentBefore(scope: OrgScope, conversationId: string, moment: number, limit: number): Promise<FileLink[]>
  /** Bytes that nothing refers to any more, at most `limit`. */
  removals(scope: OrgScope, limit: number): Promise<FileRemoval[]>
  /** Whether bytes under this id are still to be removed, so that the id cannot be used. */
  isBeingRemoved(scope: OrgScope, fileId: string): Promise<boolean>
}

export interface FileWriter extends FileReader {
  /** The id must be new; `get` tells. */
  insert(scope: OrgScope, file: FileRecord): Promise<void>
  /** Does nothing when there is no such file. */
  update(
    scope: OrgScope,
    fileId: string,
    patch: Partial<Omit<FileRecord, 'id' | 'uploaderId' | 'createdAt'>>,
  ): Promise<void>
  /** Removes the row; what refers to it must be gone. */
  remove(scope: OrgScope, fileId: string): Promise<void>
  /** Adds to what all files take together; never below 0. */
  addUsedBytes(scope: OrgScope, bytes: number): Promise<void>
  link(scope: OrgScope, link: FileLink): Promise<void>
  /** Removes the links of one message. */
  unlinkMessage(scope: OrgScope, conversationId: string, number: number): Promise<void>
  /** Takes down that bytes have to go, so that they do, whatever happens in between. */
  queueRemoval(scope: OrgScope, removal: FileRemoval): Promise<void>
  forgetRemoval(scope: OrgScope, removal: FileRemoval): Promise<void>
}
