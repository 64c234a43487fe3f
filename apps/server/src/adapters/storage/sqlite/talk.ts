import type {
  ConversationRecord,
  MarkRecord,
  PurgedRangeRecord,
  Watermarks,
} from '../../../domains/conversations/conversation.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'

export interface KnownMark {
  /** The member's surrogate. */
  readonly member: number
  /** Their place among the participants. */
  readonly position: number
  readonly mark: MarkRecord
}

/** A conversation with what every message and every chat list asks of it. */
export interface Talk {
  readonly n: number
  readonly record: ConversationRecord
  /** By member id, in the order of joining; of those too who keep something although they take no part any more. */
  readonly marks: Map<string, KnownMark>
  /** The newest seq among the marks. */
  markHead: number
  /** The newest seq with which somebody joined. */
  readonly newestJoin: number
  /** The number from which on every participant sees the messages. */
  readonly seenByAllFrom: number
  reach: Watermarks
  /** What of the history is gone for good. */
  readonly purged: readonly PurgedRangeRecord[]
  /** The number that was given last; also when its message is gone. */
  lastNumber: number
  /** The number of the newest message that is there; 0 without one. */
  newestNumber: number
  lastSeq: number
  /** System lines up to `lastNumber`. */
  lastQuiet: number
  /** Undefined when there is none, or when its text is too long to be remembered. */
  newest: MessageRecord | undefined
}

const REMEMBERED_TEXT_MAX = 500

/** Makes a message the newest. */
export function follow(talk: Talk, message: MessageRecord): void {
  talk.newestNumber = message.number
  talk.lastSeq = message.seq
  // the last may be gone, and this one before it
  if (message.number >= talk.lastNumber) {
    talk.lastNumber = message.number
    talk.lastQuiet = message.quiet
  }
  remember(talk, message)
}

/** Remembers the newest message as it is now. */
export function remember(talk: Talk, message: MessageRecord): void {
  talk.newest = message.text.length <= REMEMBERED_TEXT_MAX ? message : undefined
}
