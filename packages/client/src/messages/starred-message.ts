/** A message that the member has starred; `readStarred` has what it says. */
export interface StarredMessage {
  readonly conversationId: string
  readonly messageId: string
  readonly number: number
  readonly starredAt: number
}
