import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageDraft, MessageRecord } from './message.ts'

export interface MessageReader {
  get(scope: OrgScope, messageId: string): Promise<MessageRecord | null>
  /** The newest `limit` messages before the number `before` (or of all), oldest first; none below the number `from`. */
  page(
    scope: OrgScope,
    conversationId: string,
    options: { readonly before?: number | undefined; readonly from?: number; readonly limit: number },
  ): Promise<MessageRecord[]>
  /** The newest message of each of these conversations; empty ones are left out. */
  newestOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MessageRecord[]>
  /** Messages of these conversations whose seq is after `since`, in order of seq, at most `limit`. */
  since(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MessageRecord[]>
}

export interface MessageWriter extends MessageReader {
  /** Gives the message the next number of its conversation. The id must be new; `get` tells. */
  insert(scope: OrgScope, message: MessageDraft): Promise<MessageRecord>
}
