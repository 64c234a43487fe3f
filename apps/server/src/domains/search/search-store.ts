import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageRecord } from '../messages/message.ts'

/** A message as the index keeps it. */
export interface SearchEntry {
  readonly messageId: string
  readonly conversationId: string
  /** As in the message. */
  readonly seq: number
  readonly sentAt: number
  /** What it is found by. */
  readonly tokens: readonly string[]
}

/** What is looked for. */
export interface Wanted {
  /** Of each group at least one token is held. Never empty. */
  readonly tokens: readonly (readonly string[])[]
  /** In these conversations alone. */
  readonly conversationIds: readonly string[]
  /** Sent at or after, and before. */
  readonly after: number
  readonly before: number
  /** Messages with a lower seq alone. */
  readonly below: number
  readonly limit: number
}

export interface Looked {
  /** As they are stored at this moment, newest first. All that match are among them, and others: the index may be behind, and knows pieces only. */
  readonly messages: readonly MessageRecord[]
  /** Everything from this seq on has been looked at; null when there is nothing below. */
  readonly below: number | null
}

/** Of a conversation, everything between two seqs. */
export interface EmptyStretch {
  readonly conversationId: string
  readonly above: number
  readonly below: number
}

/** How far the index is. */
export interface SearchPosition {
  /** Everything up to this seq of the organisation's feed has been taken in. */
  readonly seq: number
  /** Whether it had caught up once since it was begun: what is missing then is of the last moments. */
  readonly whole: boolean
}

/**
 * Finds messages by tokens. An index is made from what is stored and holds nothing of its own: it follows by itself, may be behind,
 * and whoever reads from it compares what is found with what they look for.
 */
export interface SearchIndex {
  /** Looks for some while; a caller who wants more asks again with `below`. */
  look(scope: OrgScope, wanted: Wanted): Promise<Looked>
  /**
   * Whether it had caught up once since it was begun, in this version of the tokens. Reads only, so that whoever searches may see less of what is
   * stored than whoever keeps the index.
   */
  isWhole(scope: OrgScope, version: number): Promise<boolean>
  /**
   * For whoever keeps it: an index of something else begins anew.
   * @param version of the tokens
   */
  position(scope: OrgScope, version: number): Promise<SearchPosition>
  /**
   * Takes entries in; those it holds already are replaced. All of it or nothing.
   * @param gone messages to be dropped, by their seq
   * @param emptied stretches of conversations in which there are no messages any more, their ends not included
   */
  put(
    scope: OrgScope,
    given: {
      readonly entries: readonly SearchEntry[]
      readonly gone: readonly {
        readonly messageId: string
        readonly conversationId: string
        readonly seq: number
      }[]
      readonly emptied: readonly EmptyStretch[]
      readonly upTo: number
      readonly whole: boolean
      readonly version: number
    },
  ): Promise<void>
  /** Forgets everything, of every organisation. */
  clear(): Promise<void>
  /** Why the index had to be begun anew since this was last asked; null when it had not. */
  takeNews(): string | null
}
