import type { Audience, Change, ChangeData, ChangeFor, ChangeKind } from '@parley/contracts/sync/change'
import type { OrgScope } from './org-scope.ts'

/** A change as a use case states it; the feed adds `seq` and `prev`. `data: null` says that the entity is gone. */
export interface ChangeDraft<K extends ChangeKind = ChangeKind> {
  readonly audience: Audience
  readonly kind: K
  readonly id: string
  readonly data: ChangeData<K> | null
}

/**
 * One line of the feed as it is kept: which entity changed for whom, at most the newest per (audience, kind, id) (Y8). The entity's
 * present state is read from its own store, so that no private or deleted text survives in the feed.
 */
export interface FeedEntry {
  readonly seq: number
  readonly audience: Audience
  readonly kind: ChangeKind
  readonly id: string
  readonly gone: boolean
}

export interface ChangeFeedReader {
  /** The newest seq of the organisation; 0 when nothing ever happened. */
  head(scope: OrgScope): Promise<number>
  /** The oldest cursor that can still be continued; older ones must load again (Y8). */
  floor(scope: OrgScope): Promise<number>
  /** The newest seq per audience, of every kind, messages and marks included; 0 for an audience without changes. */
  heads(scope: OrgScope, audiences: readonly Audience[]): Promise<ReadonlyMap<Audience, number>>
  /**
   * Entries after `since`, oldest first, at most `limit` of all audiences together. Without messages as they were sent, and marks
   * of direct conversations: their rows carry their own seq, see MessageReader and ConversationReader. What became of a message
   * later is an entry.
   */
  entriesSince(
    scope: OrgScope,
    audiences: readonly Audience[],
    since: number,
    limit: number,
  ): Promise<FeedEntry[]>
  /** Entries of the whole organisation that tell of purges, after `since`, oldest first, at most `limit`. For what follows the feed. */
  purgesAfter(scope: OrgScope, since: number, limit: number): Promise<FeedEntry[]>
  /** All entries of these kinds, oldest first. */
  entriesOf(
    scope: OrgScope,
    audiences: readonly Audience[],
    kinds: readonly ChangeKind[],
  ): Promise<FeedEntry[]>
}

/** Only to be had inside a transaction (T2); what it takes down is committed or undone with it (Y1, T4). */
export interface ChangeFeedWriter extends ChangeFeedReader {
  /** Takes a change down. An older entry of the same (audience, kind, id) is replaced (Y8). */
  append<K extends ChangeKind>(scope: OrgScope, draft: ChangeDraft<K>): Promise<Change>
  /**
   * Takes down a change of an entity whose own row carries the seq (messages, marks), so that it costs no row of its own.
   * @param write stores the row with the seq it is given, and returns the change's data
   */
  appendWith<K extends 'message' | 'mark'>(
    scope: OrgScope,
    target: { readonly audience: Audience; readonly kind: K; readonly id: string },
    write: (seq: number) => Promise<ChangeData<K>>,
  ): Promise<ChangeFor<K>>
  /**
   * Drops the entries of entities that went together with something whose going is told. Heads stay; so may the entry that is the newest of
   * its audience.
   */
  forget(scope: OrgScope, audience: Audience, kind: ChangeKind, ids: readonly string[]): Promise<void>
  /** Entries that only say "gone" or "lost", older than `before` (seq), are dropped and the floor rises to it. */
  forgetBefore(scope: OrgScope, before: number): Promise<void>
}
