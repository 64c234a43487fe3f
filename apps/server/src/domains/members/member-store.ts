import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberRecord } from './member.ts'

export interface MemberReader {
  get(scope: OrgScope, memberId: string): Promise<MemberRecord | null>
  /** All, deleted ones included: an organisation has thousands at most, and every client shows their names. */
  list(scope: OrgScope): Promise<MemberRecord[]>
  /** By `emailKey`; a deleted member is not found. */
  findByEmail(scope: OrgScope, emailKey: string): Promise<MemberRecord | null>
  countActiveAdmins(scope: OrgScope): Promise<number>
  /** When each was last online (ms since 1970); a member never seen is left out. */
  lastSeen(scope: OrgScope, memberIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** WebP bytes, if this is the version that is kept. */
  picture(scope: OrgScope, memberId: string, version: string): Promise<Uint8Array | null>
}

export interface MemberWriter extends MemberReader {
  /** @throws DomainError email_taken when a member with the same `emailKey` exists */
  insert(scope: OrgScope, member: MemberRecord): Promise<void>
  /** @throws DomainError email_taken */
  update(
    scope: OrgScope,
    memberId: string,
    patch: Partial<Omit<MemberRecord, 'id' | 'createdAt'>>,
  ): Promise<void>
  setPicture(scope: OrgScope, memberId: string, version: string, bytes: Uint8Array): Promise<void>
  removePicture(scope: OrgScope, memberId: string): Promise<void>
  setLastSeen(scope: OrgScope, at: ReadonlyMap<string, number>): Promise<void>
}

/**
 * The only reads without a scope: before sign-in nobody knows yet which organisation is meant.
 */
export interface MemberLocator {
  /**
   * Every active or deactivated member with this `emailKey`, in any organisation; at most `limit`. Those who chose their password
   * themselves come first, since an admin may make members with anybody's e-mail.
   */
  findEverywhere(
    emailKey: string,
    limit: number,
  ): Promise<{ readonly organisationId: string; readonly memberId: string }[]>
  /** Whether there has never been anybody, in any organisation. */
  isEmpty(): Promise<boolean>
}
