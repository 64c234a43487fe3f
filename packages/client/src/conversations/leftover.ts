/** Something written in a chat that the person does not see any more: it can be copied, and is kept until they discard it. */
export interface Leftover {
  readonly conversationId: string
  /** null for what was not sent yet. */
  readonly messageId: string | null
  /** What was written; of a message without words the names of its files. */
  readonly text: string
}
