import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Caches, Org } from './caches.ts'
import type { Change } from './change.ts'
import type { Connection } from './connection.ts'

/** Where a table reads from: what is committed, or the open transaction. */
export interface View {
  readonly db: Connection
  /** What may be trusted and filled right now; undefined while it holds what this view must not see. */
  caches(): Caches | undefined
}

interface Forgets {
  delete(key: string | number): void
}

/**
 * The open transaction, as a table that writes sees it. A work may catch what a write throws and go on, so a write
 * either refuses before its first statement or does all it has to.
 */
export interface WritingView extends View {
  /** What the transaction has taken down in the feed. */
  readonly changes: Change[]
  caches(): Caches
  /** To be called before every write. @throws Error when the transaction is over or belongs to another organisation */
  writing(scope: OrgScope): Connection
  /** Names a cache entry that the write keeps up to date itself; it is forgotten if the write is undone. */
  touch(cache: Forgets, key: string | number): void
  /** Drops a cache entry that depends on what is written, now and again if the write is undone. */
  forget(cache: Forgets, key: string | number): void
  /** Moves the organisation's head; the file learns it once per batch. */
  advance(org: Org): number
}
