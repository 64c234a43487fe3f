import type { Conversation } from '@parley/contracts/conversations/conversation'

/** What a group is besides a conversation. */
export interface GroupRecord {
  readonly name: string
  readonly description: string
  /** Of the picture that is kept; null without one. */
  readonly pictureVersion: string | null
  /** Participants all of them, and never none while anybody takes part. */
  readonly adminIds: readonly string[]
  readonly announcementOnly: boolean
  readonly membersMayAdd: boolean
  readonly newcomersSeeHistory: boolean
}

export interface ConversationRecord {
  readonly id: string
  readonly kind: 'direct' | 'group'
  /** Who takes part, in the order of joining; in a direct conversation two. */
  readonly memberIds: readonly string[]
  readonly createdBy: string
  readonly createdAt: number
  /** null in a direct conversation. */
  readonly group: GroupRecord | null
  /** Absent where messages have never been set to disappear; null since that was switched off. */
  readonly disappearing?: { readonly after: DisappearAfter | null }
  /** In the order of pinning; absent where there are none. */
  readonly pins?: readonly PinRecord[]
}

/** A message that stands above the others, for everybody. */
export interface PinRecord {
  readonly messageId: string
  /** The message's. */
  readonly number: number
  /** Who pinned it. */
  readonly memberId: string
  readonly at: number
}

/** In seconds after a message was sent. */
export type DisappearAfter = NonNullable<NonNullable<Conversation['disappearing']>['after']>

export interface GroupConversation extends ConversationRecord {
  readonly group: GroupRecord
}

/** How far somebody has received and read (Y11). */
export interface Watermarks {
  readonly delivered: number
  readonly seen: number
}

/** A participant's watermarks, and what of the history is theirs. Of former participants too, while they keep something. */
export interface MarkRecord extends Watermarks {
  readonly conversationId: string
  readonly memberId: string
  /** System lines up to `seen`. */
  readonly quiet: number
  /** How much of `seen` others know: less than that where it is hidden from them. */
  readonly shown: number
  /** The seq of the mark's latest change; 0 when it has only been raised by the participant's own sending, and in groups. */
  readonly seq: number
  /** When each last rose; 0 for never. */
  readonly deliveredAt: number
  readonly seenAt: number
  /** The number of the first message that is theirs to see. */
  readonly from: number
  /** The seq of the change from which on they hear of the conversation; 0 from its beginning on. */
  readonly joinedSeq: number
  /** For who takes no part any more. */
  readonly kept: KeptRecord | null
}

/** What somebody keeps of a group that they are no longer in. */
export interface KeptRecord {
  /** The number of the last message that is theirs to see. */
  readonly until: number
  /** The group's name at that time. */
  readonly name: string
}

/** What of a conversation's history a member may read: from one number on, and, once they have left, up to one. */
export interface ReadableRecord {
  readonly conversationId: string
  readonly from: number
  /** Infinity for who takes part. */
  readonly until: number
}

export const isGroup = (conversation: ConversationRecord): conversation is GroupConversation =>
  conversation.group !== null

/** How far one of several has received, and how far they let others know that they have read; null where they let nobody know. */
export interface ToldMark {
  readonly delivered: number
  readonly seen: number | null
}

/**
 * How far all of these have received, and all of them who tell have read; nothing while there are fewer than two, because nobody else
 * could.
 */
export function leastOf(marks: readonly ToldMark[]): Watermarks {
  let delivered = Infinity
  let seen = Infinity
  let tell = 0
  for (const mark of marks) {
    delivered = Math.min(delivered, mark.delivered)
    if (mark.seen === null) continue
    tell += 1
    seen = Math.min(seen, mark.seen)
  }
  return { delivered: marks.length < 2 ? 0 : delivered, seen: tell < 2 ? 0 : seen }
}

/** Messages that are gone for good. */
export interface PurgedRangeRecord {
  readonly from: number
  readonly to: number
  /** System lines up to `to`. */
  readonly quiet: number
  readonly why: 'retention' | 'expired' | 'undone'
  readonly days: number | null
  readonly memberId: string | null
}
