import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationRecord, MarkRecord } from './conversation.ts'

export interface ConversationReader {
  get(scope: OrgScope, conversationId: string): Promise<ConversationRecord | null>
  getMany(scope: OrgScope, conversationIds: readonly string[]): Promise<ConversationRecord[]>
  /** The one direct conversation of two members, in either order. */
  findDirect(scope: OrgScope, memberId: string, otherId: string): Promise<ConversationRecord | null>
  /** The ids of all conversations that a member takes part in. */
  idsOf(scope: OrgScope, memberId: string): Promise<readonly string[]>
  mark(scope: OrgScope, conversationId: string, memberId: string): Promise<MarkRecord | null>
  /** The marks of all participants of these conversations. */
  marksOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MarkRecord[]>
  /** Marks of these conversations whose seq is after `since`, oldest first, at most `limit`. */
  marksSince(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MarkRecord[]>
  /** The number of the newest message; 0 in an empty conversation. */
  lastNumber(scope: OrgScope, conversationId: string): Promise<number>
}

export interface ConversationWriter extends ConversationReader {
  /** Makes the conversation and a mark at 0 for each participant. */
  insert(scope: OrgScope, conversation: ConversationRecord): Promise<void>
  /**
   * Raises a mark; never lowers it (Y11). Without `seq` the raise is not a change of its own: sending raises the sender's.
   * @returns the mark as it is now
   */
  raiseMark(
    scope: OrgScope,
    mark: { conversationId: string; memberId: string; delivered: number; seen: number; seq?: number },
  ): Promise<MarkRecord>
}
