export interface MessageRecord {
  /** Made by the client (Y6). */
  readonly id: string
  readonly conversationId: string
  /** 1, 2, 3 … without gaps (Y7). */
  readonly number: number
  readonly senderId: string
  readonly text: string
  readonly sentAt: number
  /** The seq of its change in the organisation's feed. */
  readonly seq: number
}
