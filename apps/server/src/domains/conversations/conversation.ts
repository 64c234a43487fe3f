export interface ConversationRecord {
  readonly id: string
  readonly kind: 'direct'
  /** Its participants; in a direct conversation two. */
  readonly memberIds: readonly string[]
  readonly createdBy: string
  readonly createdAt: number
}

/** A participant's watermarks (Y11). */
export interface MarkRecord {
  readonly conversationId: string
  readonly memberId: string
  readonly delivered: number
  readonly seen: number
  /** The seq of the mark's latest change; 0 when it has only been raised by the participant's own sending. */
  readonly seq: number
}
