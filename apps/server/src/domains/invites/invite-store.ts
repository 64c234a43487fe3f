import type { OrgScope } from '../../kernel/org-scope.ts'
import type { InviteRecord } from './invite.ts'

export interface InviteReader {
  get(scope: OrgScope, inviteId: string): Promise<InviteRecord | null>
  /** By id, many at once; missing ones are left out. */
  getMany(scope: OrgScope, inviteIds: readonly string[]): Promise<InviteRecord[]>
}

export interface InviteWriter extends InviteReader {
  insert(scope: OrgScope, invite: InviteRecord): Promise<void>
  update(
    scope: OrgScope,
    inviteId: string,
    patch: Partial<
      Pick<
        InviteRecord,
        'tokenHash' | 'createdAt' | 'createdBy' | 'expiresAt' | 'state' | 'usedBy' | 'usedAt'
      >
    >,
  ): Promise<void>
}
