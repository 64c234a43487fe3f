import type { OrgScope } from '../../kernel/org-scope.ts'
import type { PushRecord } from './push.ts'

export interface PushReader {
  /** The seq of the last message that was looked at for pushes; null before the first device subscribed. */
  followed(scope: OrgScope): Promise<number | null>
  /** Queued ones that are due at a time, the longest waiting first, at most `limit`. */
  due(scope: OrgScope, at: number, limit: number): Promise<PushRecord[]>
  /** When the next queued one is due; null when none is queued. */
  nextDue(scope: OrgScope): Promise<number | null>
  /** The latest of a device and topic that is not queued any more. */
  lastTold(scope: OrgScope, sessionId: string, topic: string): Promise<PushRecord | null>
  /** A member's ledger, the newest first, at most `limit` lines. */
  listOf(scope: OrgScope, memberId: string, limit: number): Promise<PushRecord[]>
}

export interface PushWriter extends PushReader {
  setFollowed(scope: OrgScope, seq: number): Promise<void>
  /** @returns whether it was taken: false where one of the same device and topic is queued already */
  insert(scope: OrgScope, push: PushRecord): Promise<boolean>
  /** Does nothing when there is no such push. */
  update(
    scope: OrgScope,
    pushId: string,
    patch: Partial<Pick<PushRecord, 'number' | 'state' | 'reason' | 'status' | 'attempts' | 'at'>>,
  ): Promise<void>
  remove(scope: OrgScope, pushId: string): Promise<void>
  /** Has a member's queued pushes that were never tried be due at a time, where they would be later. */
  hurry(scope: OrgScope, memberId: string, at: number): Promise<void>
  /** Drops lines of what ended before a time; what is queued stays. */
  removeEndedBefore(scope: OrgScope, at: number): Promise<void>
}
