import type { OrgScope } from '../../kernel/org-scope.ts'
import type { PasswordResetRecord, SessionRecord } from './session.ts'

export interface SessionReader {
  get(scope: OrgScope, sessionId: string): Promise<SessionRecord | null>
  /** Those that have not ended, newest first. */
  listOf(scope: OrgScope, memberId: string): Promise<SessionRecord[]>
  /** Those whose devices are told by push: of one member, or of all. */
  withPush(scope: OrgScope, memberId?: string): Promise<SessionRecord[]>
  passwordReset(scope: OrgScope, memberId: string): Promise<PasswordResetRecord | null>
}

export interface SessionWriter extends SessionReader {
  insert(scope: OrgScope, session: SessionRecord): Promise<void>
  update(
    scope: OrgScope,
    sessionId: string,
    patch: Partial<
      Pick<
        SessionRecord,
        'device' | 'address' | 'lastUsedAt' | 'expiresAt' | 'refreshHash' | 'endedAt' | 'push'
      >
    >,
  ): Promise<void>
  /** Removes sessions that ended or expired before `at` (ms since 1970). */
  removeEndedBefore(scope: OrgScope, at: number): Promise<void>
  putPasswordReset(scope: OrgScope, reset: PasswordResetRecord): Promise<void>
  removePasswordReset(scope: OrgScope, memberId: string): Promise<void>
}
