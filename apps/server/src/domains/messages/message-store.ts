import type { OrgScope } from '../../kernel/org-scope.ts'
import type { EditRecord, MessageDraft, MessageRecord, Revision } from './message.ts'

export interface MessageReader {
  get(scope: OrgScope, messageId: string): Promise<MessageRecord | null>
  /** Those that exist, in any order. */
  getMany(scope: OrgScope, messageIds: readonly string[]): Promise<MessageRecord[]>
  /** The newest `limit` messages before the number `before` (or of all), oldest first; none below the number `from`. */
  page(
    scope: OrgScope,
    conversationId: string,
    options: { readonly before?: number | undefined; readonly from?: number; readonly limit: number },
  ): Promise<MessageRecord[]>
  /** The oldest `limit` messages from the number `from` on, oldest first; none above the number `until`. */
  pageFrom(
    scope: OrgScope,
    conversationId: string,
    options: { readonly from: number; readonly until: number; readonly limit: number },
  ): Promise<MessageRecord[]>
  /** The newest message of each of these conversations; empty ones are left out. */
  newestOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MessageRecord[]>
  /** Messages of these conversations that were sent after `since` (seq), in the order of sending, at most `limit`. */
  since(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MessageRecord[]>
  /**
   * The newest `limit` numbers of a group's messages that mention a member, or, for null, everybody; rising.
   */
  mentions(scope: OrgScope, conversationId: string, memberId: string | null, limit: number): Promise<number[]>
  /** The messages that answer one. */
  repliesTo(scope: OrgScope, messageId: string): Promise<MessageRecord[]>
  /** What a message said before each of its edits, oldest first. */
  edits(scope: OrgScope, messageId: string): Promise<EditRecord[]>
  /** Messages of the whole organisation whose seq is after `since`, in order of seq, at most `limit`. For what follows the feed. */
  sentAfter(scope: OrgScope, since: number, limit: number): Promise<MessageRecord[]>
  /** Messages that are to be gone by `now`, the most overdue first, at most `limit`. */
  expired(scope: OrgScope, now: number, limit: number): Promise<MessageRecord[]>
  /** How many messages after a number are to be gone by `now` and are not yet. */
  countExpired(scope: OrgScope, conversationId: string, after: number, now: number): Promise<number>
  /** As `sentAfter`, those that were changed after `since`, in the order of their newest changes. */
  revisedAfter(scope: OrgScope, since: number, limit: number): Promise<MessageRecord[]>
}

export interface MessageWriter extends MessageReader {
  /**
   * The message with an id that a client has made, if it was sent before. For sending alone: an engine may take a fresh id as new
   * and verify that before anything is acknowledged.
   */
  earlier(scope: OrgScope, messageId: string): Promise<MessageRecord | null>
  /** Gives the message the next number of its conversation. The id must be new; `earlier` tells. */
  insert(scope: OrgScope, message: MessageDraft): Promise<MessageRecord>
  /** Changes a message in its place; does nothing when there is none. */
  revise(scope: OrgScope, messageId: string, revision: Revision): Promise<void>
  /** Keeps what a message said until now. The message must exist. */
  keepEdit(scope: OrgScope, edit: EditRecord): Promise<void>
  /** Takes down that a message mentions a member, or everybody. The conversation must exist. */
  addMention(scope: OrgScope, conversationId: string, memberId: string | null, number: number): Promise<void>
  /** A message mentions them no longer. */
  removeMention(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
    number: number,
  ): Promise<void>
  /** Forgets what a message said before its edits. */
  forgetEdits(scope: OrgScope, messageId: string): Promise<void>
  /**
   * Removes messages of one conversation, with what they said before their edits. Their numbers are not given again, also those at the end.
   */
  remove(scope: OrgScope, conversationId: string, messages: readonly MessageRecord[]): Promise<void>
}
