import type { Message } from '@parley/contracts/messages/message'
import type { LinkPreview } from '@parley/contracts/messages/link-preview'
import type { Mentions } from '@parley/contracts/messages/mentions'
import type { Notice } from '@parley/contracts/messages/notice'

/**
 * What only some messages have, absent where it does not apply. Kept as JSON where an engine needs columns, so nothing here is ever
 * looked for; what is needs a column or a table of its own.
 */
export interface MessageExtras {
  /** The message that it answers, as it was then. */
  readonly replyTo?: NonNullable<Message['replyTo']>
  readonly forwarded?: true
  /** Participants alone. */
  readonly mentions?: Mentions
  /** What is told of the files that it carries; the rows that hold them to it are their domain's. */
  readonly files?: NonNullable<Message['files']>
  /** Of the first page in its text, once that was fetched. */
  readonly linkPreview?: LinkPreview
  /** What was imported is never unread, and nobody edits it. */
  readonly imported?: NonNullable<Message['imported']>
  readonly editedAt?: number
  readonly deletedAt?: number
}

export interface MessageRecord {
  /** Made by the client (Y6). */
  readonly id: string
  readonly conversationId: string
  /** 1, 2, 3 … without gaps (Y7). */
  readonly number: number
  readonly senderId: string
  /** Empty in a system line, and in what was deleted. */
  readonly text: string
  /** What happened, in a system line; null in what people write. */
  readonly notice: Notice | null
  /** System lines, and imported messages, up to and including this one: what is never unread. */
  readonly quiet: number
  readonly sentAt: number
  /** The seq of the change with which it was sent: its place in the organisation's feed, for good. */
  readonly seq: number
  readonly extras?: MessageExtras
  /** When it is gone everywhere; absent where it stays. */
  readonly expiresAt?: number
  /** The seq of its newest change; absent while it is as it was sent. */
  readonly revisedSeq?: number
}

/** A message before it has its place. */
export type MessageDraft = Omit<MessageRecord, 'number' | 'quiet' | 'revisedSeq'>

/** What becomes of a message that was sent. */
export interface Revision {
  /** Of the change that tells it; newer than those before. */
  readonly seq: number
  readonly text: string
  /** In place of those it had. */
  readonly extras: MessageExtras
}

/** What a message said until it was edited. */
export interface EditRecord {
  readonly messageId: string
  /** Of the change that ended it. */
  readonly seq: number
  readonly text: string
  /** Whom it mentioned until then. */
  readonly mentions?: Mentions
  /** When it was edited. */
  readonly at: number
}

/** The seq of the newest thing that happened to a message. */
export const newestSeqOf = ({ seq, revisedSeq }: MessageRecord): number => revisedSeq ?? seq
