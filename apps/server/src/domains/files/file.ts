import type { File, MediaFacts } from '@parley/contracts/files/file'
import type { FilePart } from './blob-store.ts'
import type { SealedKey } from './file-vault.ts'

export type FileKind = File['kind']

/** What a file is to people besides its bytes: told with every message that carries it. */
export interface FileFacts extends MediaFacts {
  readonly pages?: number
  readonly animated?: true
  readonly blur?: string
}

export interface FileRecord {
  /** Made by the client (Y6): 128 random bits. */
  readonly id: string
  readonly uploaderId: string
  readonly state: 'uploading' | 'finished'
  /** Cleaned. */
  readonly name: string
  /** As its sender means it until it is finished; then as its content allows. */
  readonly kind: FileKind
  /** As its sender's device takes it until it is finished; then by its content. */
  readonly type: string
  /** Of what was, or will be, uploaded; in bytes. */
  readonly uploadSize: number
  /** Of what is handed out, and counted. */
  readonly size: number
  /** Which part is handed out. */
  readonly part: Exclude<FilePart, 'preview'>
  readonly facts: FileFacts
  readonly hasPreview: boolean
  readonly key: SealedKey
  readonly createdAt: number
  /** When it is removed; null while a message carries it. */
  readonly expiresAt: number | null
  /** How many messages carry it. */
  readonly links: number
}

/** In which list of a conversation's files it stands. */
export type FileList = 'media' | 'documents' | 'voice'

/** That a message carries a file. It goes with the message, and the bytes with the last of them. */
export interface FileLink {
  readonly fileId: string
  readonly conversationId: string
  /** Of the message in its conversation. */
  readonly number: number
  /** Among the files of the message, from 0. */
  readonly position: number
  readonly messageId: string
  readonly senderId: string
  readonly sentAt: number
  /** Of the message's change: what tells two links of a file apart. */
  readonly seq: number
  readonly list: FileList
  /** When the message disappears; null for never. */
  readonly expiresAt: number | null
}

const HOUR = 60 * 60 * 1000

/** How long a file is kept that no message carries. */
export const UNSENT_LIFETIME = 24 * HOUR

/** While an upload goes on its life is prolonged, but not with every piece. */
export const PROLONGED_EVERY = HOUR

/** More than anybody has on the way at once. */
export const UNSENT_MAX = 300

export const listOf = (kind: FileKind): FileList => {
  if (kind === 'voice') return 'voice'
  return kind === 'picture' || kind === 'video' ? 'media' : 'documents'
}
