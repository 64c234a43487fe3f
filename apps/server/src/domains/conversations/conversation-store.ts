import type { OrgScope } from '../../kernel/org-scope.ts'
import type {
  ConversationRecord,
  DisappearAfter,
  GroupRecord,
  KeptRecord,
  MarkRecord,
  PinRecord,
  ReadableRecord,
  PurgedRangeRecord,
  Watermarks,
} from './conversation.ts'

export interface ConversationReader {
  get(scope: OrgScope, conversationId: string): Promise<ConversationRecord | null>
  getMany(scope: OrgScope, conversationIds: readonly string[]): Promise<ConversationRecord[]>
  /** The one direct conversation of two members, in either order. */
  findDirect(scope: OrgScope, memberId: string, otherId: string): Promise<ConversationRecord | null>
  /** The ids of all conversations that a member takes part in. */
  idsOf(scope: OrgScope, memberId: string): Promise<readonly string[]>
  /** What a member may read: of every conversation that they take part in, or keep something of. */
  readableBy(scope: OrgScope, memberId: string): Promise<ReadableRecord[]>
  /** A participant's mark, or a former participant's who keeps something. */
  mark(scope: OrgScope, conversationId: string, memberId: string): Promise<MarkRecord | null>
  /** As `mark`, of one member in many conversations; missing ones are left out. */
  ownMarks(scope: OrgScope, memberId: string, conversationIds: readonly string[]): Promise<MarkRecord[]>
  /** The marks of all participants of one conversation. */
  participants(scope: OrgScope, conversationId: string): Promise<MarkRecord[]>
  /** The marks of those who keep something of a conversation that they no longer take part in. */
  formerParticipants(scope: OrgScope, conversationId: string): Promise<MarkRecord[]>
  /** The marks of all participants of these conversations. */
  marksOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MarkRecord[]>
  /** Marks of these conversations whose seq is after `since`, oldest first, at most `limit`. */
  marksSince(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MarkRecord[]>
  /** WebP bytes of a group's picture, if this is the version that is kept. */
  picture(scope: OrgScope, conversationId: string, version: string): Promise<Uint8Array | null>
  /** The number of the newest message; 0 in an empty conversation. */
  lastNumber(scope: OrgScope, conversationId: string): Promise<number>
  /** How many system lines there are up to a message's number; of one that is gone, up to the one before it that is not. */
  quietUpTo(scope: OrgScope, conversationId: string, number: number): Promise<number>
  /** How far every participant is, as it was last told; 0 before. */
  reach(scope: OrgScope, conversationId: string): Promise<Watermarks>
  /** The seq of the change with which the newest participant joined; 0 while all were there from the beginning. */
  newestJoin(scope: OrgScope, conversationId: string): Promise<number>
  /** The number from which on every participant sees the messages; 1 where nothing is hidden from anybody. */
  seenByAllFrom(scope: OrgScope, conversationId: string): Promise<number>
  /** What of the history is gone for good, in the order of numbers. */
  purged(scope: OrgScope, conversationId: string): Promise<readonly PurgedRangeRecord[]>
  /** The ids of all conversations after one, in their order; `null` begins. */
  idsAfter(scope: OrgScope, conversationId: string | null, limit: number): Promise<string[]>
}

/** A mark as it is to be: what is lower than before stays. */
export interface RaisedMark extends Watermarks {
  readonly conversationId: string
  readonly memberId: string
  /** System lines up to `seen`; 0 where there are none. */
  readonly quiet?: number
  /** What others may know of `seen`; all of it where it is left out. */
  readonly shown?: number
  /** Left out where the raise is not a change of the conversation's: by sending, and in groups. */
  readonly seq?: number
  /** When this happened. */
  readonly at: number
}

/** From where on newcomers see and hear, and how far they are taken to have read. */
export interface Joining extends Watermarks {
  readonly from: number
  readonly joinedSeq: number
  readonly quiet: number
}

export interface ConversationWriter extends ConversationReader {
  /** Makes the conversation and a mark at 0 for each participant. */
  insert(scope: OrgScope, conversation: ConversationRecord): Promise<void>
  /** Changes what a group is; does nothing when there is no such group. */
  updateGroup(scope: OrgScope, conversationId: string, patch: Partial<GroupRecord>): Promise<void>
  /** Keeps the picture of a group that exists, in place of the one before. */
  setPicture(scope: OrgScope, conversationId: string, version: string, bytes: Uint8Array): Promise<void>
  removePicture(scope: OrgScope, conversationId: string): Promise<void>
  /** Lets members take part, after those who do already; what they kept from before is replaced. */
  addParticipants(
    scope: OrgScope,
    conversationId: string,
    memberIds: readonly string[],
    joining: Joining,
  ): Promise<void>
  /** Ends a member's part. @param kept what stays theirs to read; null for nothing */
  removeParticipant(
    scope: OrgScope,
    conversationId: string,
    memberId: string,
    kept: KeptRecord | null,
  ): Promise<void>
  /**
   * Raises a mark; never lowers it (Y11).
   * @returns the mark as it is now
   */
  raiseMark(scope: OrgScope, mark: RaisedMark): Promise<MarkRecord>
  /** Takes down after how many seconds messages disappear; null for not any more. */
  setDisappearing(scope: OrgScope, conversationId: string, after: DisappearAfter | null): Promise<void>
  /** Takes down which messages are pinned. */
  setPins(scope: OrgScope, conversationId: string, pins: readonly PinRecord[]): Promise<void>
  /** Takes down how far every participant is. */
  setReach(scope: OrgScope, conversationId: string, reach: Watermarks): Promise<void>
  /** Takes down what of the history is gone for good. Removing it is `MessageWriter.remove`. */
  setPurged(scope: OrgScope, conversationId: string, ranges: readonly PurgedRangeRecord[]): Promise<void>
}
