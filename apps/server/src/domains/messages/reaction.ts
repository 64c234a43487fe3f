/** What one person says to a message without words. It stays, with no emoji, when all were taken back. */
export interface ReactionRecord {
  readonly messageId: string
  readonly conversationId: string
  /** The message's. */
  readonly number: number
  readonly memberId: string
  /** In the order of choosing. */
  readonly emojis: readonly string[]
  readonly at: number
  /** Of the change that told it. */
  readonly seq: number
}
