import type { Notice } from '@parley/contracts/messages/notice'

export interface MessageRecord {
  /** Made by the client (Y6). */
  readonly id: string
  readonly conversationId: string
  /** 1, 2, 3 … without gaps (Y7). */
  readonly number: number
  readonly senderId: string
  /** Empty in a system line. */
  readonly text: string
  /** What happened, in a system line; null in what people write. */
  readonly notice: Notice | null
  /** System lines up to and including this message. */
  readonly quiet: number
  readonly sentAt: number
  /** The seq of its change in the organisation's feed. */
  readonly seq: number
}

/** A message before it has its place. */
export type MessageDraft = Omit<MessageRecord, 'number' | 'quiet'>
