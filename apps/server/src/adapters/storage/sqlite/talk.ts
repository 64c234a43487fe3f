import type { ConversationRecord, MarkRecord } from '../../../domains/conversations/conversation.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'

export interface KnownMark {
  /** The member's surrogate. */
  readonly member: number
  readonly mark: MarkRecord
}

/** A conversation with what every message and every chat list asks of it. */
export interface Talk {
  readonly n: number
  readonly record: ConversationRecord
  /** By member id. */
  readonly marks: Map<string, KnownMark>
  /** The newest seq among the marks. */
  markHead: number
  lastNumber: number
  lastSeq: number
  /** Undefined when there is none, or when its text is too long to be remembered. */
  newest: MessageRecord | undefined
}

const REMEMBERED_TEXT_MAX = 500

/** Makes a message the newest. */
export function follow(talk: Talk, message: MessageRecord): void {
  talk.lastNumber = message.number
  talk.lastSeq = message.seq
  talk.newest = message.text.length <= REMEMBERED_TEXT_MAX ? message : undefined
}
