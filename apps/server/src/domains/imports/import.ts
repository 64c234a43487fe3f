import type { ChatImport, DateOrder } from '@parley/contracts/imports/chat-import'

/** An import of a chat: what was asked for, and how far it is. */
export interface ImportRecord extends ChatImport {
  /** The upload that is read; removed when the import ends. */
  readonly fileId: string
  /** SHA-256 of the chat's text, in hex: the very same chat is not imported twice. */
  readonly digest: string
  readonly timeZone: string
  readonly dateOrder: DateOrder
  /** Who is a member of those who write in it. */
  readonly people: readonly { readonly name: string; readonly memberId: string | null }[]
  /** The line that says so in the chat; goes when the import is taken back. */
  readonly noticeId: string
  /** Who takes it back; null while nobody does. */
  readonly undoneBy: string | null
}

/** That a message came with an import. It goes with the message. */
export interface ImportedRecord {
  readonly conversationId: string
  readonly importId: string
  readonly number: number
  /** 128 bits in hex that say which message of which chat it is, however often that is exported. */
  readonly fingerprint: string
}

/** Whether there is something to do. */
export const isUnfinished = ({ state }: Pick<ImportRecord, 'state'>): boolean =>
  state === 'running' || state === 'undoing'
